package weft.testing;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Utils;
import org.jspecify.annotations.Nullable;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicIds;
import weft.kafka.wire.Topics;

/// The test form of [KafkaConnection]: Weft's topics as lists in memory, read and written by Kafka's own mocks.
///
/// 1. A consumer sees what is committed, in order, from where it stands, and again after a seek.
/// 2. What a transactional producer sends is seen all at once when it commits, and never after an abort.
/// 3. A read without records waits a little, as with a broker; a wake-up ends it.
public final class MemoryKafka implements KafkaConnection {
    private final Map<String, List<List<ConsumerRecord<@Nullable String, byte @Nullable []>>>> topics = new TreeMap<>();
    private final Map<String, Uuid> ids = new TreeMap<>();
    private long changes;
    private final List<MemoryProducer> producers = Collections.synchronizedList(new ArrayList<>());

    /// Every topic of Weft, empty.
    ///
    /// @param partitions of the topics that have as many as are asked for
    public MemoryKafka(Topics names, int partitions) {
        for (Topics.Spec spec : names.specs(partitions)) {
            create(spec.name(), spec.partitions());
        }
    }

    /// Adds a topic, in the place of one of that name.
    public synchronized void create(String topic, int partitions) {
        List<List<ConsumerRecord<@Nullable String, byte @Nullable []>>> logs = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            logs.add(new ArrayList<>());
        }
        topics.put(topic, logs);
        ids.put(topic, Uuid.randomUuid());
    }

    /// Deletes a topic; consumers that were made before do not notice it.
    public synchronized void delete(String topic) {
        topics.remove(topic);
        ids.remove(topic);
    }

    private synchronized Map<String, Uuid> ids(Collection<String> names) {
        Map<String, Uuid> found = new TreeMap<>(ids);
        found.keySet().retainAll(names);
        return found;
    }

    /// Puts a record on a topic as another program would.
    public synchronized void put(ProducerRecord<@Nullable String, byte @Nullable []> record) {
        List<List<ConsumerRecord<@Nullable String, byte @Nullable []>>> logs = logs(record.topic());
        int partition = record.partition() != null
                ? record.partition()
                : record.key() == null
                        ? 0
                        : Utils.toPositive(Utils.murmur2(record.key().getBytes(StandardCharsets.UTF_8))) % logs.size();
        List<ConsumerRecord<@Nullable String, byte @Nullable []>> log = logs.get(partition);
        log.add(new ConsumerRecord<>(
                record.topic(),
                partition,
                log.size(),
                record.timestamp() == null ? 0 : record.timestamp(),
                TimestampType.CREATE_TIME,
                0,
                record.value() == null ? -1 : record.value().length,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty()));
        changes++;
        notifyAll();
    }

    /// The same for a key and a value.
    public void put(String topic, @Nullable String key, byte @Nullable [] value) {
        put(new ProducerRecord<>(topic, key, value));
    }

    /// What is on a topic, partition after partition.
    public synchronized List<ConsumerRecord<@Nullable String, byte @Nullable []>> records(String topic) {
        return logs(topic).stream().flatMap(List::stream).toList();
    }

    /// The producers that were made, in order: their fields make them fail.
    public List<MemoryProducer> producers() {
        return producers;
    }

    synchronized List<ConsumerRecord<@Nullable String, byte @Nullable []>> from(
            TopicPartition partition, long offset, int most) {
        List<ConsumerRecord<@Nullable String, byte @Nullable []>> log =
                logs(partition.topic()).get(partition.partition());
        int first = (int) Math.min(offset, log.size());
        return List.copyOf(log.subList(first, Math.min(log.size(), first + most)));
    }

    synchronized long end(TopicPartition partition) {
        return logs(partition.topic()).get(partition.partition()).size();
    }

    synchronized void await(long millis) throws InterruptedException {
        long seen = changes;
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long left = millis;
        while (changes == seen && left > 0) {
            wait(left);
            left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        }
    }

    synchronized List<PartitionInfo> partitions() {
        List<PartitionInfo> all = new ArrayList<>();
        topics.forEach((topic, logs) -> {
            for (int i = 0; i < logs.size(); i++) {
                all.add(new PartitionInfo(
                        topic, i, null, new org.apache.kafka.common.Node[0], new org.apache.kafka.common.Node[0]));
            }
        });
        return all;
    }

    private List<List<ConsumerRecord<@Nullable String, byte @Nullable []>>> logs(String topic) {
        List<List<ConsumerRecord<@Nullable String, byte @Nullable []>>> logs = topics.get(topic);
        if (logs == null) {
            throw new IllegalArgumentException("there is no topic " + topic);
        }
        return logs;
    }

    @Override
    public String bootstrap() {
        return "memory";
    }

    @Override
    public void check() {}

    @Override
    public Admin admin() {
        throw new UnsupportedOperationException("a Kafka in memory has no administration");
    }

    @Override
    public TopicIds topicIds() {
        return new TopicIds() {
            @Override
            public Map<String, Uuid> of(Collection<String> names) {
                return ids(names);
            }

            @Override
            public void close() {
                // There is nothing to close.
            }
        };
    }

    @Override
    public MemoryProducer producer(Map<String, String> settings) {
        MemoryProducer producer = new MemoryProducer(this);
        producers.add(producer);
        return producer;
    }

    @Override
    public <V> Consumer<String, V> consumer(Deserializer<V> values, Map<String, String> settings) {
        int most = Integer.parseInt(settings.getOrDefault("max.poll.records", "500"));
        return new MemoryConsumer<>(this, values, most);
    }

    @Override
    public Properties properties(Map<String, String> settings) {
        throw new UnsupportedOperationException("no client elsewhere can reach a Kafka in memory");
    }
}
