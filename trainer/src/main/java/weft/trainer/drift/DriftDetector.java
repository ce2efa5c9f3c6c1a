package weft.trainer.drift;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import weft.core.image.Shape;
import weft.core.model.Model;
import weft.core.model.ModelFamily;
import weft.core.model.ModelName;
import weft.trainer.proto.DriftState;

/// Notices that a stream is no longer what a model learnt, without labels and with bounded memory.
///
/// It judges in the eyes of a model that is frozen: the one that is learnt goes along with the stream, and its own loss
/// moves without any drift. What it watches are the shares of the clusters, how badly images fit into them, and what is
/// lost on the way through the decoder, each by a [Signal]. An alarm is raised where one of them has more evidence than
/// the stated rate of false alarms allows. Then a newer model is frozen, and once that has watched long enough without
/// an
/// alarm the drift is over.
///
/// It is a function of the images in their order, [#save] and a restore go on exactly.
public final class DriftDetector {
    /// Training images after which a model is worth freezing.
    public static final long FREEZE_AT = 10_000;

    /// Images after an alarm until the next model is frozen: it shall have seen some of what is new.
    private static final long SETTLE = 1_000;

    /// Images that place the bins.
    private static final int REFERENCE = 2_000;

    /// Images without an alarm until a drift is over.
    private static final long STABLE = 5_000;

    /// Evidence, as a logarithm, that a stream has now and then that does not change: a change began where there was no
    /// more for the last time.
    private static final double NOISE = 2;

    private static final int CHUNK = 64;
    private static final int MEMORY = 1_200;
    private static final int EXAMPLES = 5;

    private final long falseAlarmEvery;
    private long alarmed;
    private boolean drifting;
    private Optional<Watch> watch = Optional.empty();

    public DriftDetector(DriftOptions options) {
        falseAlarmEvery = options.falseAlarmEvery();
    }

    /// What an image block brought.
    ///
    /// @param over whether the drift has ended with it
    public record Verdict(Optional<Alarm> alarm, boolean over) {
        /// Of most blocks.
        public static final Verdict NOTHING = new Verdict(Optional.empty(), false);
    }

    /// Whether the stream has changed and is not stable again.
    public boolean drifting() {
        return drifting;
    }

    /// Whether it waits for a model to freeze.
    ///
    /// @param learnt images that the model's training has learnt from
    /// @param imagesSeen by it, train and test
    public boolean wantsModel(long learnt, long imagesSeen) {
        return watch.isEmpty() && learnt >= FREEZE_AT && (alarmed == 0 || imagesSeen >= alarmed + SETTLE);
    }

    /// Judges by this model from now on.
    public void freeze(Model model, long version) {
        watch = Optional.of(new Watch(model, version));
    }

    /// Judges the next `n` images.
    ///
    /// @param images their values, one image after the other
    /// @param partitions and `offsets` of them
    /// @param imagesSeen by the model before them, train and test
    public Verdict judge(float[] images, int n, int[] partitions, long[] offsets, long imagesSeen) {
        return watch.map(by -> by.judge(images, n, partitions, offsets, imagesSeen))
                .orElse(Verdict.NOTHING);
    }

    /// Everything that it takes to go on exactly.
    ///
    /// @param family of the model
    public DriftState save(ModelFamily family) {
        DriftState.Builder state = DriftState.newBuilder().setAlarmed(alarmed).setDrifting(drifting);
        watch.ifPresent(by -> by.save(state, family));
        return state.build();
    }

    /// Goes on from what [#save] gave.
    ///
    /// @param name and `shape` of the model
    /// @throws IllegalArgumentException where the model cannot be read
    public void restore(DriftState state, ModelFamily family, ModelName name, Shape shape) {
        alarmed = state.getAlarmed();
        drifting = state.getDrifting();
        if (!state.getFrozen().isEmpty()) {
            Watch by = new Watch(family.decode(name, shape, state.getFrozen().toByteArray()), state.getFrozenVersion());
            by.restore(state);
            watch = Optional.of(by);
        }
    }

    /// One frozen model and what it has seen.
    final class Watch {
        private final Model model;
        private Optional<ByteString> encoded = Optional.empty();
        private final long version;
        private final Eyes eyes;
        private final List<Signal> signals = new ArrayList<>();
        private final Place[] since;
        private final Reference reference;
        private Place chunkStart = Place.START;
        private int chunkImages;
        private long watched;

        Watch(Model model, long version) {
            this.model = model;
            this.version = version;
            eyes = new Eyes(model);
            signals.add(new Signal("shares", eyes.k(), MEMORY));
            signals.add(new Signal("distances", Bins.COUNT, MEMORY));
            if (eyes.decodes()) {
                signals.add(new Signal("reconstruction", Bins.COUNT, (double) MEMORY / Eyes.DECODED));
            }
            since = new Place[signals.size()];
            Arrays.fill(since, Place.START);
            reference = new Reference(REFERENCE, REFERENCE / Eyes.DECODED);
        }

        private Verdict judge(float[] images, int n, int[] partitions, long[] offsets, long seen) {
            eyes.look(images, n);
            int firstDecoded = Math.floorMod(-seen, Eyes.DECODED);
            eyes.decode(images, firstDecoded, n);
            for (int i = 0; i < n; i++) {
                boolean decoded = eyes.decodes() && i % Eyes.DECODED == firstDecoded;
                if (!reference.complete()) {
                    reference.add(eyes.cluster(i), eyes.strangeness(i));
                    if (decoded) {
                        reference.addError(eyes.error(i));
                    }
                    if (reference.complete()) {
                        reference.teach(signals);
                    }
                    continue;
                }
                if (chunkImages == 0) {
                    chunkStart = new Place(seen + i, partitions[i], offsets[i]);
                }
                signals.get(0).count(eyes.cluster(i));
                signals.get(1).count(Bins.of(reference.edges(), eyes.strangeness(i)));
                if (decoded) {
                    signals.get(2).count(Bins.of(reference.errorEdges(), eyes.error(i)));
                }
                chunkImages++;
                watched++;
            }
            // Only at a block's end: what is saved there needs no image of a block.
            return chunkImages >= CHUNK ? close(n, partitions, offsets, seen + n) : Verdict.NOTHING;
        }

        private Verdict close(int n, int[] partitions, long[] offsets, long seen) {
            chunkImages = 0;
            Signal strongest = signals.getFirst();
            for (int s = 0; s < signals.size(); s++) {
                Signal signal = signals.get(s);
                if (signal.logEvidence() <= NOISE) {
                    since[s] = chunkStart;
                }
                signal.close();
                if (signal.logEvidence() > strongest.logEvidence()) {
                    strongest = signal;
                }
            }
            // Evidence is counted by the chunk, and any signal may raise the alarm.
            if (strongest.logEvidence() >= Math.log((double) falseAlarmEvery * signals.size() / CHUNK)) {
                Place from = since[signals.indexOf(strongest)];
                Alarm alarm = new Alarm(
                        !drifting,
                        strongest.name(),
                        strongest.strength(),
                        from.imagesSeen(),
                        from.partition(),
                        from.offset(),
                        examples(n, partitions, offsets));
                drifting = true;
                alarmed = seen;
                watch = Optional.empty();
                return new Verdict(Optional.of(alarm), false);
            }
            if (drifting && watched >= STABLE) {
                drifting = false;
                return new Verdict(Optional.empty(), true);
            }
            return Verdict.NOTHING;
        }

        private void save(DriftState.Builder state, ModelFamily family) {
            if (encoded.isEmpty()) {
                // A frozen model never changes: it is encoded for the first checkpoint alone.
                encoded = Optional.of(ByteString.copyFrom(family.encode(model)));
            }
            state.setFrozen(encoded.get())
                    .setFrozenVersion(version)
                    .setWatched(watched)
                    .setChunkImages(chunkImages)
                    .setChunkStart(chunkStart.save());
            reference.save(state);
            for (int s = 0; s < since.length; s++) {
                state.addSignals(signals.get(s).save()).addSince(since[s].save());
            }
        }

        private void restore(DriftState state) {
            watched = state.getWatched();
            chunkImages = state.getChunkImages();
            chunkStart = Place.of(state.getChunkStart());
            reference.restore(state);
            for (int s = 0; s < since.length; s++) {
                signals.get(s).restore(state.getSignals(s));
                since[s] = Place.of(state.getSince(s));
            }
        }

        /// The images of the last block whose place among clusters and distances is the newest.
        private List<String> examples(int n, int[] partitions, long[] offsets) {
            return IntStream.range(0, n)
                    .boxed()
                    .sorted(Comparator.comparingDouble(
                            (Integer i) -> -signals.get(0).surprise(eyes.cluster(i))
                                    - signals.get(1).surprise(Bins.of(reference.edges(), eyes.strangeness(i)))))
                    .limit(EXAMPLES)
                    .map(i -> partitions[i] + "-" + offsets[i])
                    .toList();
        }
    }
}
