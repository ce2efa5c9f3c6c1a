package weft.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.KafkaStreams;
import weft.core.image.Dataset;
import weft.core.image.Split;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.Faults;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Times;
import weft.kafka.wire.Topics;
import weft.producer.dataset.LabelledImages;
import weft.scorer.ScorerOptions;
import weft.scorer.ScorerService;
import weft.scorer.ScorerSettings;
import weft.scorer.labels.LabelPolicy;
import weft.standalone.Families;

/// Runs of the scorer alone over a topic that is full, exactly once, and of a bare Kafka Streams program that writes
/// the same bytes with the same settings.
///
/// Their speed is that of their output's timestamps, which the broker sets. The CPU is the whole process's, with the
/// broker.
final class ScorerRuns {
    static final List<PipelineName> PIPELINES = List.of(
            PipelineName.parse("raw-kmeans-10"), PipelineName.parse("ae-kmeans-10"), PipelineName.parse("ae-gmm-10"));

    private static final int PASSED = 3 * 4_096;

    private final KafkaConnection kafka;
    private final Path folder;
    private final LabelledImages data;
    private final int images;

    /// What one program did.
    record Run(double imagesPerSecond, double cpuMicros, List<ConsumerRecord<String, byte[]>> records) {}

    ScorerRuns(KafkaConnection kafka, Path folder, LabelledImages data, int images) {
        this.kafka = kafka;
        this.folder = folder;
        this.data = data;
        this.images = images;
    }

    private Topics topics(String prefix) {
        return topics(prefix, 1);
    }

    Topics topics(String prefix, int partitions) {
        return topics(kafka, data, prefix, partitions);
    }

    /// Makes the topics and tells the data set.
    static Topics topics(KafkaConnection kafka, LabelledImages data, String prefix, int partitions) {
        Topics topics = new Topics(prefix);
        TopicSetup.ensure(kafka, topics, Optional.of(partitions), (short) 1);
        DatasetTopic.tell(kafka, topics, data.describe());
        return topics;
    }

    /// The scorer over topics of its own.
    Run score(String prefix, List<Snapshot> snapshots) throws InterruptedException {
        Topics topics = topics(prefix);
        send(topics);
        publish(kafka, topics, snapshots);
        return score(topics, PIPELINES);
    }

    /// As a replay does that goes as fast as it can, epoch after epoch.
    void send(Topics topics) {
        try (Producer<String, byte[]> producer = kafka.producer(KafkaConnection.writing(false))) {
            for (int i = 0; i < images; i++) {
                int index = i % data.size(Split.TRAIN);
                ProducerRecord<String, byte[]> image = new ProducerRecord<>(
                        topics.images(), String.format(Locale.ROOT, "train-%05d", index), data.raw(Split.TRAIN, index));
                image.headers()
                        .add(ImageHeaders.SPLIT, text("train"))
                        .add(
                                ImageHeaders.LABEL,
                                text(data.label(Split.TRAIN, index).orElseThrow()))
                        .add(ImageHeaders.EPOCH, text(Integer.toString(i / data.size(Split.TRAIN))))
                        .add(ImageHeaders.CONTENT_TYPE, text("application/octet-stream"))
                        .add(ImageHeaders.EVENT_TIME, text(Times.text(Instant.now())))
                        .add(ImageHeaders.REPLAY, text("0123456789abcdef"));
                Future<?> _ = producer.send(image);
            }
            producer.flush();
        }
    }

    static void publish(KafkaConnection kafka, Topics topics, List<Snapshot> snapshots) {
        try (Producer<String, byte[]> producer = kafka.producer(
                Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.toString(Topics.SNAPSHOT_BYTES + 4096)))) {
            for (Snapshot snapshot : snapshots) {
                Future<?> _ = producer.send(new ProducerRecord<>(
                        topics.models(),
                        SnapshotKey.of(snapshot.model().name(), snapshot.version())
                                .toString(),
                        Families.SNAPSHOTS.encode(snapshot)));
            }
            producer.flush();
        }
    }

    /// The service alone, in this process.
    static ScorerService start(
            KafkaConnection kafka,
            Dataset dataset,
            Topics topics,
            Path folder,
            List<PipelineName> pipelines,
            int threads) {
        ServiceContext context = new ServiceContext(
                kafka, topics, dataset, Families.SNAPSHOTS, new SimpleMeterRegistry(), Clock.systemUTC(), fault -> {
                    // Nobody waits for a scorer that has ended.
                    System.err.println("the scorer ended: " + Faults.line(fault));
                    Runtime.getRuntime().halt(1);
                });
        ScorerOptions options = new ScorerOptions(pipelines, folder, threads, LabelPolicy.USUAL);
        return ScorerService.start(context, options, Optional.empty());
    }

    Run score(Topics topics, List<PipelineName> pipelines) throws InterruptedException {
        return score(topics, pipelines, 1, 1);
    }

    /// Several scorers, all in this process.
    ///
    /// @param threads of each
    Run score(Topics topics, List<PipelineName> pipelines, int instances, int threads) throws InterruptedException {
        long cpu = cpuNanos();
        List<ScorerService> scorers = new ArrayList<>();
        try {
            for (int instance = 0; instance < instances; instance++) {
                Path state = folder.resolve("score" + instance);
                scorers.add(start(kafka, data.describe(), topics, state, pipelines, threads));
            }
            return awaitAll(topics, cpu, pipelines.size());
        } finally {
            scorers.forEach(ScorerService::close);
        }
    }

    /// The bare program over topics of its own, which writes assignments that a scorer wrote.
    Run pass(String prefix, List<ConsumerRecord<String, byte[]>> assignments) throws InterruptedException {
        Topics from = topics(prefix + "from");
        Topics to = topics(prefix + "to");
        send(from);
        long cpu = cpuNanos();
        try (KafkaStreams streams = new KafkaStreams(
                PassThrough.topology(from.images(), to.assignments(), assignments, PIPELINES.size()),
                kafka.properties(ScorerSettings.of(to, folder.resolve("pass"), 1, true)))) {
            streams.start();
            return awaitAll(to, cpu, PIPELINES.size());
        }
    }

    /// Waits until everything is committed, and reads it after that.
    private Run awaitAll(Topics topics, long cpuBefore, int perImage) throws InterruptedException {
        long expected = (long) images * perImage;
        long first = Long.MAX_VALUE;
        long last = 0;
        long records = 0;
        List<ConsumerRecord<String, byte[]>> kept = new ArrayList<>();
        double cpu = Double.NaN;
        try (Consumer<String, byte[]> consumer =
                kafka.consumer(Map.of(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "5000"))) {
            List<TopicPartition> partitions = KafkaConnection.partitions(consumer, topics.assignments());
            consumer.assign(partitions);
            while (records < expected) {
                // Beside the records the topic has marks of transactions: the end is near, and then reached.
                if (consumer.endOffsets(partitions).values().stream()
                                .mapToLong(Long::longValue)
                                .sum()
                        < expected) {
                    Thread.sleep(20);
                    continue;
                }
                cpu = Double.isNaN(cpu) ? (cpuNanos() - cpuBefore) / 1_000.0 / images : cpu;
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(100))) {
                    first = Math.min(first, record.timestamp());
                    last = Math.max(last, record.timestamp());
                    records++;
                    if (kept.size() < PASSED) {
                        kept.add(record);
                    }
                }
            }
        }
        return new Run(1_000.0 * images / (last - first), cpu, kept);
    }

    private static long cpuNanos() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
