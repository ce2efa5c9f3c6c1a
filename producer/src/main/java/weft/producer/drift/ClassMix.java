package weft.producer.drift;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import weft.producer.drift.Drift.OfClasses;
import weft.producer.drift.Drift.OfClasses.Kind;

/// How likely an image is kept, by its label and its place in the replay; nothing is ever sent twice.
///
/// @param keep by label as it stands on the wire
record ClassMix(Map<String, Curve> keep) {
    ClassMix {
        keep = Map.copyOf(keep);
    }

    /// The mix that these drifts make, one after the other.
    ///
    /// @param drifts by their first image, the classes by their labels
    /// @throws IllegalArgumentException for one that cannot be
    static ClassMix of(List<OfClasses> drifts, ClassCounts counts) {
        Map<String, Curve> keep = new HashMap<>();
        counts.images().keySet().forEach(label -> keep.put(label, Curve.constant(1)));
        List<OfClasses> active = new ArrayList<>();
        for (OfClasses drift : drifts) {
            active.removeIf(earlier -> drift.kind() == Kind.ONLY
                    || earlier.kind() == Kind.ONLY
                    || earlier.name().equals(drift.name()));
            active.add(drift);
            targets(active, counts.images(), drift).forEach((label, target) -> {
                Curve curve = keep.getOrDefault(label, Curve.constant(1));
                // A ramp of another class goes on.
                if (curve.last() != target) {
                    keep.put(label, curve.then(drift.when(), target));
                }
            });
        }
        return new ClassMix(keep);
    }

    /// The part to keep of each label so that every share is right and as little as possible is left out.
    private static Map<String, Double> targets(List<OfClasses> active, Map<String, Integer> images, OfClasses newest) {
        Map<String, Double> shares = new HashMap<>();
        Map<String, Integer> others = new HashMap<>(images);
        Map<String, Double> targets = new HashMap<>();
        for (OfClasses drift : active) {
            switch (drift.kind()) {
                case WITHOUT -> others.remove(drift.name());
                case ONLY -> others.keySet().retainAll(List.of(drift.name()));
                case SHARE -> {
                    others.remove(drift.name());
                    shares.put(drift.name(), drift.share());
                }
            }
        }
        images.keySet().forEach(label -> targets.put(label, 0.0));
        double left =
                1 - shares.values().stream().mapToDouble(Double::doubleValue).sum();
        if (left <= 0) {
            throw new IllegalArgumentException(
                    newest + ": the shares add up to " + Drift.rounded(1 - left) + ", which leaves the others nothing");
        }
        long rest = others.values().stream().mapToLong(Integer::longValue).sum();
        double total = rest / left;
        for (Map.Entry<String, Double> share : shares.entrySet()) {
            total = Math.min(total, images.getOrDefault(share.getKey(), 0) / share.getValue());
        }
        if (total == 0) {
            throw new IllegalArgumentException(newest + ": leaves no image to send");
        }
        double all = total;
        others.keySet().forEach(label -> targets.put(label, left * all / rest));
        shares.forEach((label, share) -> targets.put(label, share * all / images.getOrDefault(label, 0)));
        return targets;
    }

    /// From 0 to 1.
    double keep(String label, long image) {
        Curve curve = keep.get(label);
        return curve == null ? 1 : curve.at(image);
    }
}
