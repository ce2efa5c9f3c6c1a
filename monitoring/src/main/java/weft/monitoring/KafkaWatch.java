package weft.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.apache.kafka.clients.admin.DescribeLogDirsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.Faults;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.Supervised;
import weft.kafka.service.Trouble;
import weft.kafka.wire.Topics;

/// Watches Kafka itself, as any client may: its brokers, and how Weft's topics stand on them.
public final class KafkaWatch implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);
    private static final int PATIENCE_MILLIS = 5_000;
    private static final Look NOTHING = new Look(0, Map.of(), Map.of(), Map.of(), Double.NaN);

    /// What a look found; 0 brokers while none answers.
    ///
    /// @param partitions of Weft's topics by what is wrong with them
    /// @param ends sum of the end offsets by topic
    /// @param bytes on the brokers' disks by topic, every replica counted; empty where that may not be asked
    /// @param unscored records of the images that the scorer has not committed; not a number where that may not be
    /// asked
    private record Look(
            int brokers,
            Map<String, Long> partitions,
            Map<String, Long> ends,
            Map<String, Long> bytes,
            double unscored) {}

    private final Admin admin;
    private final List<String> topics;
    private final String images;
    private final String scorer;
    private final Timer answer;
    private final Supervised loop;
    private volatile Look newest = NOTHING;
    private boolean mayAskForBytes = true;
    private boolean mayAskForGroup = true;

    private KafkaWatch(ServiceContext context) {
        topics = context.topics().specs(1).stream().map(Topics.Spec::name).toList();
        images = context.topics().images();
        scorer = context.topics().scorerApplication();
        answer = Timer.builder("weft.kafka.answer")
                .description("How long Kafka took to tell about its brokers and topics")
                .register(context.meters());
        register(context.meters());
        admin = context.kafka().admin();
        // Kafka away is a figure here, and no fault.
        loop = Supervised.start(
                "kafka-watch",
                Supervised.without(PERIOD, this::cycle),
                new Trouble("Kafka watch", context.clock()),
                context.onFailure());
    }

    /// Starts to look, every five seconds.
    public static KafkaWatch start(ServiceContext context) {
        return new KafkaWatch(context);
    }

    private void register(MeterRegistry registry) {
        Gauge.builder("weft.kafka.brokers", this, watch -> watch.newest.brokers())
                .description("Brokers of the cluster; 0 while none answers")
                .register(registry);
        Gauge.builder("weft.kafka.unscored", this, watch -> watch.newest.unscored())
                .description("Records of the images topic that the scorer has not committed yet")
                .baseUnit("records")
                .tag("topic", images)
                .register(registry);
        for (String fault : List.of("offline", "under_replicated")) {
            gauge("weft.kafka.partitions", "state", fault, look -> value(look.partitions(), fault))
                    .description("Partitions of Weft's topics without a leader, or with replicas that lag behind")
                    .register(registry);
        }
        for (String topic : topics) {
            gauge("weft.kafka.end.offset", "topic", topic, look -> value(look.ends(), topic))
                    .description("End offsets of a topic's partitions, added up; markers of transactions included")
                    .register(registry);
            gauge("weft.kafka.topic", "topic", topic, look -> value(look.bytes(), topic))
                    .description("What a topic takes on the brokers' disks, every replica counted")
                    .baseUnit("bytes")
                    .register(registry);
        }
    }

    private Gauge.Builder<KafkaWatch> gauge(String name, String tag, String value, ToDoubleFunction<Look> figure) {
        return Gauge.builder(name, this, watch -> figure.applyAsDouble(watch.newest))
                .tag(tag, value);
    }

    private static double value(Map<String, Long> figures, String key) {
        Long figure = figures.get(key);
        return figure == null ? Double.NaN : figure;
    }

    private void cycle() throws InterruptedException {
        try {
            long started = System.nanoTime();
            newest = look();
            answer.record(System.nanoTime() - started, TimeUnit.NANOSECONDS);
        } catch (ExecutionException fault) {
            // Whatever it is, that is what the gauges are to tell; the services say themselves what stops them.
            LOG.debug("Kafka does not tell about itself: {}", Faults.line(fault));
            newest = NOTHING;
        }
    }

    private Look look() throws ExecutionException, InterruptedException {
        KafkaFuture<Collection<Node>> nodes = admin.describeCluster(
                        new DescribeClusterOptions().timeoutMs(PATIENCE_MILLIS))
                .nodes();
        Collection<TopicDescription> described = existing();
        Map<String, Long> faults = new HashMap<>(Map.of("offline", 0L, "under_replicated", 0L));
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        for (TopicDescription topic : described) {
            for (TopicPartitionInfo partition : topic.partitions()) {
                if (partition.leader() == null) {
                    faults.merge("offline", 1L, Long::sum);
                } else {
                    asked.put(new TopicPartition(topic.name(), partition.partition()), OffsetSpec.latest());
                }
                if (partition.isr().size() < partition.replicas().size()) {
                    faults.merge("under_replicated", 1L, Long::sum);
                }
            }
        }
        Map<TopicPartition, ListOffsetsResultInfo> found = admin.listOffsets(
                        asked, new ListOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                .all()
                .get();
        Map<String, Long> ends = new HashMap<>();
        found.forEach((partition, end) -> ends.merge(partition.topic(), end.offset(), Long::sum));
        Collection<Node> brokers = nodes.get();
        return new Look(
                brokers.size(),
                faults,
                ends,
                bytes(brokers.stream().map(Node::id).toList()),
                unscored(found));
    }

    /// Those that are there: one that was deleted has no figures, and takes away no others.
    private List<TopicDescription> existing() throws ExecutionException, InterruptedException {
        List<TopicDescription> existing = new ArrayList<>();
        for (KafkaFuture<TopicDescription> topic : admin.describeTopics(
                        topics, new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                .topicNameValues()
                .values()) {
            try {
                existing.add(topic.get());
            } catch (ExecutionException fault) {
                if (!(fault.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw fault;
                }
            }
        }
        return existing;
    }

    private double unscored(Map<TopicPartition, ListOffsetsResultInfo> ends)
            throws ExecutionException, InterruptedException {
        if (!mayAskForGroup) {
            return Double.NaN;
        }
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(
                            scorer, new ListConsumerGroupOffsetsOptions().timeoutMs(PATIENCE_MILLIS))
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                    .filter(end -> end.getKey().topic().equals(images))
                    .mapToLong(end -> {
                        OffsetAndMetadata offset = committed.get(end.getKey());
                        return Math.max(0, end.getValue().offset() - (offset == null ? 0 : offset.offset()));
                    })
                    .sum();
        } catch (ExecutionException fault) {
            if (!(fault.getCause() instanceof GroupAuthorizationException)) {
                throw fault;
            }
            mayAskForGroup = false;
            LOG.info("how far the scorer is is not shown: this principal may not describe group {}", scorer);
            return Double.NaN;
        }
    }

    private Map<String, Long> bytes(Collection<Integer> brokers) throws ExecutionException, InterruptedException {
        if (!mayAskForBytes) {
            return Map.of();
        }
        try {
            return admin
                    .describeLogDirs(brokers, new DescribeLogDirsOptions().timeoutMs(PATIENCE_MILLIS))
                    .allDescriptions()
                    .get()
                    .values()
                    .stream()
                    .flatMap(folders -> folders.values().stream())
                    .map(LogDirDescription::replicaInfos)
                    .flatMap(replicas -> replicas.entrySet().stream())
                    .filter(replica -> topics.contains(replica.getKey().topic()))
                    .collect(Collectors.groupingBy(
                            replica -> replica.getKey().topic(),
                            Collectors.summingLong(replica -> replica.getValue().size())));
        } catch (ExecutionException fault) {
            if (!(fault.getCause() instanceof ClusterAuthorizationException)) {
                throw fault;
            }
            mayAskForBytes = false;
            LOG.info("what topics take on disk is not shown: this principal may not describe the cluster");
            return Map.of();
        }
    }

    @Override
    public String name() {
        return "Kafka watch";
    }

    @Override
    public boolean live() {
        return loop.alive();
    }

    @Override
    public boolean ready() {
        return live();
    }

    @Override
    public void close() {
        loop.stop();
        // Ends what is being asked.
        admin.close(Duration.ZERO);
        loop.close();
    }
}
