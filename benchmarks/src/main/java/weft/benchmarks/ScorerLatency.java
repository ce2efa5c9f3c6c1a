package weft.benchmarks;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import weft.benchmarks.study.TrainedModels;
import weft.core.image.Split;
import weft.core.model.Snapshot;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;
import weft.producer.dataset.LabelledImages;
import weft.scorer.ScorerService;
import weft.scorer.ScorerSettings;
import weft.scorer.topology.CommitPace;

/// How long an image waits for its assignments, from the call that sends it until who reads committed records has them,
/// beside a bare Kafka Streams program with the same settings that commits as often, in turn:
/// `benchmarks/scorer-latency [SECONDS [RATE]...]`.
///
/// Each program first gets ten seconds of images that are not measured.
public final class ScorerLatency {
    private static final int WARM_UP_SECONDS = 10;

    private final KafkaConnection kafka;
    private final Path folder;
    private final LabelledImages data;
    private final List<Snapshot> snapshots;
    private final int seconds;

    private ScorerLatency(
            KafkaConnection kafka, Path folder, LabelledImages data, List<Snapshot> snapshots, int seconds) {
        this.kafka = kafka;
        this.folder = folder;
        this.data = data;
        this.snapshots = snapshots;
        this.seconds = seconds;
    }

    public static void main(String[] args) throws Exception {
        int seconds = args.length > 0 ? Integer.parseInt(args[0]) : 20;
        int[] rates = args.length > 1
                ? Arrays.stream(args).skip(1).mapToInt(Integer::parseInt).toArray()
                : new int[] {1_000, 5_000, 10_000};
        System.out.println("| images/s | program | p50 | p99 | p99.9 |\n|---|---|---|---|---|");
        WithBroker.main((kafka, folder, data) -> {
            List<Snapshot> snapshots = TrainedModels.of(data, ScorerRuns.PIPELINES);
            for (int rate : rates) {
                new ScorerLatency(kafka, folder, data, snapshots, seconds).both(rate);
            }
        });
    }

    private void both(int rate) throws Exception {
        Topics scoring = ScorerRuns.topics(kafka, data, "latency" + rate, 1);
        ScorerRuns.publish(kafka, scoring, snapshots);
        List<ConsumerRecord<String, byte[]>> assignments = new ArrayList<>();
        try (ScorerService _ =
                ScorerRuns.start(kafka, data.describe(), scoring, folder.resolve("score"), ScorerRuns.PIPELINES, 1)) {
            measure(scoring, rate, "scorer", assignments);
        }
        Topics passing = ScorerRuns.topics(kafka, data, "passing" + rate, 1);
        int perImage = ScorerRuns.PIPELINES.size();
        Map<String, String> settings = ScorerSettings.of(passing, folder.resolve("pass"), 1, true);
        // As often as a scorer that keeps up, which asks for its commits itself.
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(CommitPace.SOON.toMillis()));
        try (KafkaStreams streams = new KafkaStreams(
                PassThrough.topology(passing.images(), passing.assignments(), assignments, perImage),
                kafka.properties(settings))) {
            streams.start();
            measure(passing, rate, "pass-through", new ArrayList<>());
        }
    }

    /// @param kept takes the first records
    private void measure(Topics topics, int rate, String program, List<ConsumerRecord<String, byte[]>> kept)
            throws InterruptedException {
        int warmUp = WARM_UP_SECONDS * rate;
        int images = warmUp + seconds * rate;
        AtomicLongArray sent = new AtomicLongArray(images);
        int perImage = ScorerRuns.PIPELINES.size();
        long[] latencies = new long[(images - warmUp) * perImage];
        int measured = 0;
        Thread sender = Thread.ofPlatform().daemon().unstarted(() -> send(topics, rate, sent));
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            consumer.assign(List.of(new TopicPartition(topics.assignments(), 0)));
            sender.start();
            for (int records = 0; records < images * perImage; ) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    int image = Integer.parseInt(record.key());
                    if (image >= warmUp) {
                        latencies[measured++] = System.nanoTime() - sent.get(image);
                    }
                    if (kept.size() < 3_000) {
                        kept.add(record);
                    }
                    records++;
                }
            }
        }
        sender.join();
        Arrays.sort(latencies);
        System.out.printf(
                Locale.ROOT,
                "| %d | %s | %.0f ms | %.0f ms | %.0f ms |%n",
                rate,
                program,
                latencies[latencies.length / 2] / 1e6,
                latencies[(int) (latencies.length * 0.99)] / 1e6,
                latencies[(int) (latencies.length * 0.999)] / 1e6);
    }

    private void send(Topics topics, int rate, AtomicLongArray sent) {
        try (Producer<String, byte[]> producer = kafka.producer(KafkaConnection.writing(rate > 0))) {
            long start = System.nanoTime();
            for (int i = 0; i < sent.length(); i++) {
                long due = start + (long) (i * 1e9 / rate);
                while (System.nanoTime() < due) {
                    LockSupport.parkNanos(due - System.nanoTime());
                }
                int index = i % data.size(Split.TRAIN);
                ProducerRecord<String, byte[]> image =
                        new ProducerRecord<>(topics.images(), Integer.toString(i), data.raw(Split.TRAIN, index));
                // A label, so that the scorer counts the image and does not keep it.
                String label = data.label(Split.TRAIN, index).orElseThrow();
                image.headers().add(ImageHeaders.LABEL, label.getBytes(StandardCharsets.UTF_8));
                sent.set(i, System.nanoTime());
                Future<?> _ = producer.send(image);
            }
        }
    }
}
