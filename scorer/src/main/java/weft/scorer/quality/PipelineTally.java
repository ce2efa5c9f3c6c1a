package weft.scorer.quality;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import weft.core.model.Assignment;
import weft.core.model.Objective;
import weft.core.model.PipelineName;
import weft.scorer.proto.QualityPartial;

/// Everything that one task counts of one pipeline.
public final class PipelineTally {
    /// Clusters x labels: four slices of them fit into a record of Kafka's usual size.
    static final int MOST_CELLS = 60_000;

    private static final String SUMS = "S";
    private static final String SIZE = "C/";

    private final TallyName name;
    private final PipelineName pipeline;
    private final String prefix;
    private final String sumsKey;
    private final String[] sizeKeys;
    private final Map<Slice, SliceTally> slices = new EnumMap<>(Slice.class);
    private final long[] sizes;
    private long modelVersion;
    private long images;
    private double objectiveSum;
    private double marginSum;
    private double silhouetteSum;
    private @Nullable Objective kind;
    private boolean changed;

    /// Sizes that [#save] has to write; the sums go with them.
    private final BitSet changedSizes = new BitSet();

    /// Starts at zero.
    ///
    /// @param windowImages labelled images that each window holds
    public PipelineTally(TallyName name, int windowImages) {
        this.name = name;
        pipeline = name.pipeline();
        prefix = name + "/";
        sumsKey = prefix + SUMS;
        sizeKeys = new String[pipeline.k()];
        Arrays.setAll(sizeKeys, cluster -> prefix + SIZE + cluster);
        sizes = new long[pipeline.k()];
        for (Slice slice : Slice.values()) {
            slices.put(slice, new SliceTally(pipeline.k(), windowImages, prefix + slice.id() + "/"));
        }
    }

    /// The same of a pipeline whose own run answers.
    public PipelineTally(PipelineName pipeline, int windowImages) {
        this(TallyName.of(pipeline), windowImages);
    }

    private SliceTally slice(Slice slice) {
        return Objects.requireNonNull(slices.get(slice));
    }

    /// Counts an assignment that was emitted, labelled or not.
    ///
    /// @param clusterersKind what the clusterer optimises, of which `objective` is this image's
    public void assigned(long version, Assignment assignment, Objective clusterersKind, double objective) {
        kind = clusterersKind;
        modelVersion = Math.max(modelVersion, version);
        images++;
        objectiveSum += objective;
        marginSum += assignment.margin();
        silhouetteSum += silhouette(assignment, clusterersKind);
        sizes[assignment.cluster()]++;
        changedSizes.set(assignment.cluster());
        changed = true;
    }

    /// Writes what has changed since the last call, each value once, under keys that start with the pipeline's
    /// name: the counts survive exactly as far as the task's offsets do, where this comes just before each commit.
    public void save(BiConsumer<String, byte[]> store) {
        if (kind != null && !changedSizes.isEmpty()) {
            store.accept(sumsKey, sums(kind));
        }
        changedSizes.stream()
                .forEach(cluster -> store.accept(
                        sizeKeys[cluster],
                        ByteBuffer.allocate(Long.BYTES).putLong(sizes[cluster]).array()));
        changedSizes.clear();
        slices.values().forEach(slice -> slice.save(store));
    }

    private byte[] sums(Objective optimised) {
        byte[] figure = optimised.runningFigure().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 * Long.BYTES + 2 + figure.length)
                .putLong(modelVersion)
                .putLong(images)
                .putDouble(objectiveSum)
                .putDouble(marginSum)
                .putDouble(silhouetteSum)
                .put((byte) (optimised.higherIsBetter() ? 1 : 0))
                .put((byte) (optimised.score() == Objective.Score.DISTANCE ? 1 : 0))
                .put(figure)
                .array();
    }

    /// Simplified silhouette (Hruschka, de Castro, Campello 2004): 1 − a / b, where a is the distance to the
    /// own centroid and b that to the next one; 0 where the score is no distance.
    private static double silhouette(Assignment assignment, Objective kind) {
        double next = assignment.score() + assignment.margin();
        return kind.score() != Objective.Score.DISTANCE || next == 0 ? 0 : assignment.margin() / next;
    }

    /// Counts a judgement of a labelled image; a label beyond what a total can tell is passed over.
    ///
    /// @param label its number in the task
    public void judged(Slice slice, int cluster, int label) {
        if ((long) (label + 1) * pipeline.k() <= MOST_CELLS) {
            slice(slice).add(cluster, label);
            changed = true;
        }
    }

    /// The class that most of a cluster's latest labelled train images had; -1 while unknown.
    public int majority(int cluster) {
        return slice(Slice.LIVE).majority(cluster);
    }

    /// Takes back a value of the store; says whether the key was this pipeline's.
    public boolean restore(String key, byte[] value) {
        if (!key.startsWith(prefix)) {
            return false;
        }
        String rest = key.substring(prefix.length());
        ByteBuffer buffer = ByteBuffer.wrap(value);
        if (rest.equals(SUMS)) {
            modelVersion = buffer.getLong();
            images = buffer.getLong();
            objectiveSum = buffer.getDouble();
            marginSum = buffer.getDouble();
            // A store of before this figure lacks it.
            silhouetteSum = buffer.hasRemaining() ? buffer.getDouble() : 0;
            kind = buffer.hasRemaining() ? kind(buffer) : null;
        } else if (rest.startsWith(SIZE)) {
            sizes[Integer.parseInt(rest.substring(SIZE.length()))] = buffer.getLong();
        } else {
            int slash = rest.indexOf('/');
            slice(Slice.valueOf(rest.substring(0, slash).toUpperCase(Locale.ROOT)))
                    .restore(rest.substring(slash + 1), value);
        }
        changed = true;
        return true;
    }

    private static Objective kind(ByteBuffer buffer) {
        boolean higherIsBetter = buffer.get() == 1;
        Objective.Score score = buffer.get() == 1 ? Objective.Score.DISTANCE : Objective.Score.PROBABILITY;
        byte[] figure = new byte[buffer.remaining()];
        buffer.get(figure);
        return new Objective(new String(figure, StandardCharsets.UTF_8), higherIsBetter, score);
    }

    public TallyName name() {
        return name;
    }

    /// Whether there is news since the last [#partial].
    public boolean changed() {
        return changed;
    }

    /// The running totals of this task.
    ///
    /// @param labels names of the labels, by their numbers
    public QualityPartial partial(int partition, List<String> labels) {
        changed = false;
        QualityPartial.Builder message = QualityPartial.newBuilder()
                .setPipeline(name.toString())
                .setPartition(partition)
                .addAllLabels(labels)
                .setClusters(pipeline.k())
                .setModelVersion(modelVersion)
                .setImages(images)
                .setObjectiveSum(objectiveSum)
                .setMarginSum(marginSum)
                .setSilhouetteSum(silhouetteSum);
        if (kind != null) {
            message.setObjectiveFigure(kind.runningFigure()).setDistances(kind.score() == Objective.Score.DISTANCE);
        }
        for (long size : sizes) {
            message.addSizes(size);
        }
        slices.forEach((slice, tally) -> {
            message.addSlices(Counts.write(slice, tally.lifetime(), tally.window(), labels.size()));
        });
        return message.build();
    }
}
