package weft.producer.drift;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import weft.core.image.Shape;
import weft.producer.drift.Changes.Change;
import weft.producer.drift.Drift.OfClasses;
import weft.producer.drift.Drift.OfValues;

/// All changes that a replay makes to its stream: a function of its options and of the image alone; immutable.
///
/// Images are counted from 0 as they are sent, over all epochs and both splits; what is left out is not counted.
public final class Drifts {
    private final long seed;
    private final List<Drift> drifts;
    private final Map<Effect, Curve> effects;
    private final Optional<ClassMix> mix;

    private Drifts(long seed, List<Drift> drifts, Map<Effect, Curve> effects, Optional<ClassMix> mix) {
        this.seed = seed;
        this.drifts = drifts;
        this.effects = effects;
        this.mix = mix;
    }

    /// A stream that stays as it is.
    public static Drifts none() {
        return new Drifts(0, List.of(), Map.of(), Optional.empty());
    }

    /// Checks drifts against the data.
    ///
    /// @param asked in the order in which effects are applied to an image
    /// @throws IllegalArgumentException that names the one that cannot be
    public static Drifts of(List<Drift> asked, long seed, Shape shape, ClassCounts counts) {
        List<Drift> drifts = new ArrayList<>();
        Map<Effect, Curve> effects = new LinkedHashMap<>();
        for (Drift drift : asked) {
            drifts.add(
                    switch (drift) {
                        case OfValues ofValues -> {
                            checkShape(ofValues, shape);
                            effects.put(
                                    ofValues.effect(),
                                    Curve.constant(ofValues.effect().none()));
                            yield ofValues;
                        }
                        case OfClasses ofClasses -> ofClasses.named(label(ofClasses, counts));
                    });
        }
        List<OfClasses> classes = new ArrayList<>();
        for (Drift drift : drifts.stream()
                .sorted(Comparator.comparingLong(one -> one.when().image()))
                .toList()) {
            switch (drift) {
                case OfValues one ->
                    effects.computeIfPresent(one.effect(), (_, curve) -> curve.then(one.when(), one.amount()));
                case OfClasses one -> classes.add(one);
            }
        }
        Optional<ClassMix> mix = classes.isEmpty() ? Optional.empty() : Optional.of(ClassMix.of(classes, counts));
        return new Drifts(seed, drifts, effects, mix);
    }

    private static void checkShape(OfValues drift, Shape shape) {
        if (drift.effect().needsPixels() && shape instanceof Shape.Vector) {
            throw new IllegalArgumentException(drift + ": " + drift.effect()
                    + " needs pixels, and the images are vectors of " + shape + " values");
        }
    }

    private static String label(OfClasses drift, ClassCounts counts) {
        try {
            return counts.label(drift.name());
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException(drift + ": " + unknown.getMessage(), unknown);
        }
    }

    /// Whether nothing ever changes.
    public boolean isEmpty() {
        return drifts.isEmpty();
    }

    /// Whether images may be left out.
    public boolean leavesOut() {
        return mix.isPresent();
    }

    /// Whether an image is sent.
    ///
    /// @param label as it stands on the wire; empty where it has none
    /// @param image how many have been sent before
    public boolean keeps(String id, int epoch, String label, long image) {
        return mix.isEmpty() || ImageSeed.chance(seed, id, epoch) < mix.get().keep(label, image);
    }

    /// What is done to an image's values.
    ///
    /// @param image how many have been sent before
    public Changes at(long image) {
        List<Change> changes = new ArrayList<>();
        effects.forEach((effect, curve) -> {
            double amount = curve.at(image);
            if (amount != effect.none()) {
                changes.add(new Change(effect, amount));
            }
        });
        return new Changes(seed, changes);
    }

    /// The first drift that a replay of so many images would never come to.
    public Optional<Drift> beyond(long images) {
        return drifts.stream().filter(drift -> drift.when().image() >= images).findFirst();
    }

    /// As on the command line, with blanks between.
    @Override
    public String toString() {
        return drifts.stream().map(Drift::toString).collect(Collectors.joining(" "));
    }
}
