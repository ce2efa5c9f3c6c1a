package weft.benchmarks;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.SimpleRecord;
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
import weft.core.image.Label;
import weft.core.image.Split;
import weft.core.model.Assignment;
import weft.kafka.wire.AssignmentEvent;

/// One batch of assignments, as the scorer's producer makes it: what each codec costs and saves.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CodecBenchmark {
    private static final List<String> PIPELINES = List.of("raw-kmeans-10", "ae-kmeans-10", "ae-gmm-10");
    private static final List<String> NAMES = List.of("Sneaker", "T-shirt/top", "Ankle boot", "Bag", "Dress");

    @Param({"none", "gzip-1", "gzip-6", "lz4", "snappy", "zstd"})
    private String codec = "";

    /// A thousand images a second give some 15 records in the 5 ms that a batch waits; full speed fills it.
    @Param({"15", "390"})
    private int records;

    private Compression compression = Compression.NONE;
    private SimpleRecord[] batch = {};
    private MemoryRecords packed = MemoryRecords.EMPTY;

    /// Makes the records and says how large they are.
    @Setup
    public void prepare() {
        compression = switch (codec) {
            case "gzip-1" -> Compression.gzip().level(1).build();
            case "gzip-6" -> Compression.gzip().level(6).build();
            case "lz4" -> Compression.lz4().build();
            case "snappy" -> Compression.snappy().build();
            case "zstd" -> Compression.zstd().build();
            default -> Compression.NONE;
        };
        Random random = new Random(1);
        List<SimpleRecord> made = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            made.add(record(i, random));
        }
        batch = made.toArray(SimpleRecord[]::new);
        packed = pack();
        System.out.printf(
                Locale.ROOT,
                "%n%s, %d records: %.0f bytes a record%n",
                codec,
                records,
                (double) packed.sizeInBytes() / records);
    }

    private static SimpleRecord record(int index, Random random) {
        String pipeline = PIPELINES.get(index % PIPELINES.size());
        String id = String.format(Locale.ROOT, "train-%05d", random.nextInt(60_000));
        Instant due = Instant.ofEpochMilli(1_795_000_000_000L + index / 3);
        AssignmentEvent event = new AssignmentEvent(
                id,
                0,
                pipeline,
                20_000,
                new Assignment(random.nextInt(10), random.nextDouble() * 10, random.nextDouble()),
                Optional.of(NAMES.get(random.nextInt(NAMES.size()))),
                Optional.of(label(random.nextInt(10))),
                Split.TRAIN,
                false,
                0,
                40_000 + index / 3,
                due,
                due.plusMillis(4));
        Header header = new RecordHeader(AssignmentEvent.PIPELINE_HEADER, pipeline.getBytes(StandardCharsets.UTF_8));
        return new SimpleRecord(
                due.toEpochMilli(), id.getBytes(StandardCharsets.UTF_8), event.toJson(), new Header[] {header});
    }

    /// What the scorer does.
    @Benchmark
    public MemoryRecords pack() {
        return MemoryRecords.withRecords(compression, batch);
    }

    /// What every reader does.
    @Benchmark
    public long unpack() {
        long bytes = 0;
        for (Record record : packed.records()) {
            bytes += record.valueSize();
        }
        return bytes;
    }

    private static Label label(int number) {
        return new Label(NAMES.get(number % NAMES.size()), OptionalInt.of(number));
    }
}
