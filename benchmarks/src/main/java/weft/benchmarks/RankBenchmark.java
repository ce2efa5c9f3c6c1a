package weft.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.compress.GzipCompression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import weft.benchmarks.study.FashionMnist;
import weft.benchmarks.study.TrainedModels;
import weft.core.image.Split;
import weft.core.math.Kernels;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;
import weft.core.model.StrangenessPasses;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.AssignmentJson;
import weft.producer.dataset.LabelledImages;

/// An image from its values to its three assignments in a batch of records, compressed as a scorer's producer does,
/// with snapshots that tell of their clusters (`outlier` and `generation` in each assignment) and with the same that
/// tell nothing.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RankBenchmark {
    private static final int IMAGES = 8_192;

    @Param({"true", "false"})
    private boolean facts;

    private final List<float[]> images = new ArrayList<>();
    private final List<SnapshotPass> passes = new ArrayList<>();
    private final StrangenessPasses strangeness = new StrangenessPasses();
    private final List<AssignmentJson.Pipeline> names = new ArrayList<>();
    private final List<Header[]> headers = new ArrayList<>();
    private final AssignmentJson json = new AssignmentJson();
    private final ByteBuffer buffer = ByteBuffer.allocate(256 << 10);
    private MemoryRecordsBuilder batch = newBatch();
    private int next;

    /// Trains the models.
    @Setup
    public void prepare() throws Exception {
        LabelledImages data = FashionMnist.find();
        for (int i = 0; i < IMAGES; i++) {
            float[] values = new float[Samples.VALUES];
            byte[] raw = data.raw(Split.TRAIN, i);
            Kernels.unsignedBytes(raw, 0, raw.length, 1 / 255f, values, 0);
            images.add(values);
        }
        for (Snapshot snapshot : TrainedModels.of(data, ScorerRuns.PIPELINES)) {
            Snapshot scored = facts ? snapshot : TrainedModels.withoutFacts(snapshot);
            passes.add(new SnapshotPass(scored, _ -> true, strangeness));
            snapshot.model().clusterers().keySet().forEach(pipeline -> {
                names.add(new AssignmentJson.Pipeline(pipeline.toString()));
                headers.add(new Header[] {
                    new RecordHeader(
                            AssignmentEvent.PIPELINE_HEADER, pipeline.toString().getBytes(StandardCharsets.UTF_8))
                });
            });
        }
    }

    /// One image.
    @Benchmark
    public int score() {
        int image = next++ % IMAGES;
        strangeness.next();
        String id = String.format(Locale.ROOT, "train-%05d", image);
        byte[] key = id.getBytes(StandardCharsets.UTF_8);
        Instant now = Instant.ofEpochMilli(1_700_000_000_000L + next / 32);
        json.image(id, 0, Optional.empty(), Split.TRAIN, 0, next, now, now);
        int[] pipeline = new int[1];
        for (SnapshotPass pass : passes) {
            pass.score(images.get(image), (name, assignment, objective) -> {
                byte[] value = json.of(
                        names.get(pipeline[0]),
                        20_000,
                        assignment,
                        pass.standing(name, assignment, objective),
                        Optional.empty(),
                        true);
                batch.append(now.toEpochMilli(), key, value, headers.get(pipeline[0]));
                pipeline[0]++;
            });
        }
        if (batch.estimatedSizeInBytes() > 128 << 10 || batch.numRecords() > 4_000) {
            batch.close();
            batch = newBatch();
        }
        return pipeline[0];
    }

    private MemoryRecordsBuilder newBatch() {
        buffer.clear();
        return MemoryRecords.builder(
                buffer, new GzipCompression.Builder().level(1).build(), TimestampType.CREATE_TIME, 0L);
    }
}
