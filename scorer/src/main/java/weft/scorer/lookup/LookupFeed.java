package weft.scorer.lookup;

import com.google.protobuf.InvalidProtocolBufferException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.Following;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.Supervised;
import weft.kafka.service.Trouble;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.TallyName;

/// Follows what the scorers have committed: the newest totals of every task and the latest assignments.
public final class LookupFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LookupFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long RECENT_BYTES = 32L << 20;

    /// About as many as there is room for.
    private static final long RECENT_RECORDS = 100_000;

    private final String totalsTopic;
    private final String assignmentsTopic;
    private final KafkaConnection kafka;
    private final Map<String, QualityPartial> totals = new ConcurrentSkipListMap<>();
    private final RecentAssignments recent = new RecentAssignments(RECENT_BYTES);
    private final Supervised thread;

    private LookupFeed(
            KafkaConnection kafka, Topics topics, String totalsTopic, Clock clock, Consumer<Throwable> onFailure) {
        this.kafka = kafka;
        this.totalsTopic = totalsTopic;
        assignmentsTopic = topics.assignments();
        thread = Supervised.start("lookup", this::begin, new Trouble("look-up", clock), onFailure);
    }

    /// Starts to follow.
    ///
    /// @param totalsTopic compacted, with the newest total of each pipeline and task; it may come into being
    /// later
    public static LookupFeed start(
            KafkaConnection kafka, Topics topics, String totalsTopic, Clock clock, Consumer<Throwable> onFailure) {
        return new LookupFeed(kafka, topics, totalsTopic, clock, onFailure);
    }

    /// The newest totals of a pipeline, one for each task; empty before the first.
    Collection<QualityPartial> totals(TallyName pipeline) {
        return totals.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(pipeline + "/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    /// The assignments of an image, where they are still kept, as JSON.
    Collection<byte[]> assignments(String image) {
        return recent.of(image);
    }

    private Supervised.Life begin() {
        return new Following<>(kafka.consumer(Map.of())).begin(consumer -> {
            List<TopicPartition> assignments = KafkaConnection.partitions(consumer, assignmentsTopic);
            consumer.assign(assignments);
            Map<TopicPartition, Long> beginnings = consumer.beginningOffsets(assignments);
            LogEnd end = LogEnd.now(kafka, consumer, assignments);
            assignments.forEach(partition -> consumer.seek(
                    partition,
                    Math.max(
                            beginnings.getOrDefault(partition, 0L),
                            end.of(partition) - RECENT_RECORDS / assignments.size())));
            return new Supervised.Round() {
                private boolean knowsTotals;

                @Override
                public void run() {
                    knowsTotals = knowsTotals || followTotals(consumer, assignments);
                    // Not by forEach, which others use as well: it was compiled again and again, with all this in it.
                    for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                        accept(record);
                    }
                }
            };
        });
    }

    /// Kafka Streams makes the topic when the first scorer ever starts.
    private boolean followTotals(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer, List<TopicPartition> assignments) {
        List<TopicPartition> found = partitions(consumer, totalsTopic);
        if (found.isEmpty()) {
            return false;
        }
        List<TopicPartition> all = new ArrayList<>(assignments);
        all.addAll(found);
        consumer.assign(all);
        consumer.seekToBeginning(found);
        return true;
    }

    private static List<TopicPartition> partitions(
            org.apache.kafka.clients.consumer.Consumer<String, byte[]> consumer, String topic) {
        List<PartitionInfo> partitions = consumer.partitionsFor(topic);
        return partitions == null
                ? List.of()
                : partitions.stream()
                        .map(info -> new TopicPartition(topic, info.partition()))
                        .toList();
    }

    private void accept(ConsumerRecord<String, byte[]> record) {
        String key = record.key();
        if (key == null || record.value() == null) {
            return;
        }
        if (record.topic().equals(assignmentsTopic)) {
            String pipeline = ImageHeaders.text(record.headers(), AssignmentEvent.PIPELINE_HEADER);
            if (pipeline != null) {
                recent.put(key, pipeline, record.value());
            }
            return;
        }
        QualityPartial total = parse(record);
        if (total != null) {
            totals.put(key, total);
        }
    }

    private static @Nullable QualityPartial parse(ConsumerRecord<String, byte[]> record) {
        try {
            return QualityPartial.parseFrom(record.value());
        } catch (InvalidProtocolBufferException fault) {
            LOG.warn("{} at offset {} is no total: {}", record.topic(), record.offset(), fault.getMessage());
            return null;
        }
    }

    /// Asks it to end, without waiting.
    public void stop() {
        thread.stop();
    }

    @Override
    public void close() {
        thread.close();
    }
}
