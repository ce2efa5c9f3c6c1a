package weft.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import weft.core.image.Dataset;
import weft.core.image.Label;
import weft.core.image.LabelledImage;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.model.Assignment;
import weft.core.model.Centroids;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.Objective;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.core.model.Standing;
import weft.kafka.wire.AssignmentJson;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.ImageParser;
import weft.kafka.wire.InvalidSnapshotException;
import weft.scorer.quality.PipelineTally;
import weft.scorer.quality.Slice;
import weft.standalone.Families;

/// One record through the parts of the hot path that are not arithmetic.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RecordBenchmark {
    private static final Shape SHAPE = new Shape.Image(28, 28, 1);
    private static final Optional<Standing> STANDING = Optional.of(new Standing(0.731, 2));
    private static final PipelineName PIPELINE = PipelineName.parse("raw-kmeans-10");

    private final ImageParser parser = new ImageParser(new Dataset("images", SHAPE, List.of()));
    private final byte[] value = new byte[Samples.VALUES];
    private final Headers headers = new RecordHeaders()
            .add(ImageHeaders.SPLIT, "train".getBytes(StandardCharsets.UTF_8))
            .add(ImageHeaders.LABEL, "7".getBytes(StandardCharsets.UTF_8))
            .add(ImageHeaders.EPOCH, "0".getBytes(StandardCharsets.UTF_8));

    private final AssignmentJson json = new AssignmentJson();
    private final AssignmentJson.Pipeline pipeline = new AssignmentJson.Pipeline(PIPELINE.toString());
    private final Assignment assignment = new Assignment(3, 5.4321, 1.2345);
    private final PipelineTally tally = new PipelineTally(PIPELINE, 10_000);
    private final Snapshot snapshot = snapshot();
    private final byte[] encoded = Families.SNAPSHOTS.encode(snapshot);

    private static Snapshot snapshot() {
        return new Snapshot(
                new Model(
                        ModelName.main("raw"),
                        SHAPE,
                        new IdentityEncoder(Samples.VALUES),
                        Optional.empty(),
                        Map.of(PIPELINE, new Centroids(Samples.matrix(10, Samples.VALUES), false))),
                new Provenance(60_000, Map.of(0, 70_000L), 42, Map.of(), Map.of(), "benchmark"));
    }

    /// A record of the images topic to an image.
    @Benchmark
    public LabelledImage decodeImage() {
        return parser.labelled(value, headers);
    }

    /// The JSON of an image's assignments in three pipelines.
    @Benchmark
    public int assignmentsToJson() {
        json.image(
                "train-12345",
                0,
                Optional.of(new Label("Sneaker", OptionalInt.of(7))),
                Split.TRAIN,
                0,
                12_345,
                Instant.EPOCH,
                Instant.EPOCH);
        int bytes = 0;
        for (int i = 0; i < 3; i++) {
            bytes += json.of(pipeline, 60_000, assignment, STANDING, Optional.empty(), true).length;
        }
        return bytes;
    }

    /// One labelled image in one pipeline.
    @Benchmark
    public PipelineTally count() {
        tally.assigned(60_000, assignment, Objective.INERTIA, 29.5);
        tally.judged(Slice.TRAINED, 3, 7);
        return tally;
    }

    /// A snapshot of ten centroids of 784 values.
    @Benchmark
    public byte[] encodeSnapshot() {
        return Families.SNAPSHOTS.encode(snapshot);
    }

    /// The same back.
    @Benchmark
    public Snapshot decodeSnapshot() throws InvalidSnapshotException {
        return Families.SNAPSHOTS.decode(encoded);
    }
}
