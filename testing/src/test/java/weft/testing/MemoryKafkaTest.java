package weft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.Test;
import weft.kafka.wire.Topics;

class MemoryKafkaTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final TopicPartition MODELS = new TopicPartition(TOPICS.models(), 0);

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 2);

    @Test
    void aConsumerReadsOnAndAgainAfterASeek() {
        kafka.put(TOPICS.models(), "raw", new byte[] {1});
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of("max.poll.records", "2"))) {
            consumer.assign(List.of(MODELS));
            assertThat(values(consumer)).containsExactly(1);
            kafka.put(TOPICS.models(), "raw", new byte[] {2});
            kafka.put(TOPICS.models(), "raw", new byte[] {3});
            kafka.put(TOPICS.models(), "raw", new byte[] {4});
            assertThat(values(consumer)).containsExactly(2, 3);
            assertThat(consumer.endOffsets(List.of(MODELS))).containsEntry(MODELS, 4L);
            consumer.seek(MODELS, 1);
            assertThat(values(consumer)).containsExactly(2, 3);
            assertThat(values(consumer)).containsExactly(4);
            assertThat(values(consumer)).isEmpty();
            assertThat(consumer.position(MODELS)).isEqualTo(4);
        }
    }

    @Test
    void aTransactionIsSeenAllAtOnceOrNever() {
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, 1);
            producer.abortTransaction();
            producer.beginTransaction();
            send(producer, 2);
            send(producer, 3);
            assertThat(kafka.records(TOPICS.models())).isEmpty();
            producer.commitTransaction();
            assertThat(kafka.records(TOPICS.models())).hasSize(2);
        }
    }

    @Test
    void whatIsSentWithoutATransactionIsSeenAtOnceAndStaysWithItsKey() {
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            assertThat(producer.partitionsFor(TOPICS.images())).hasSize(2);
            for (int i = 0; i < 10; i++) {
                Future<?> _ = producer.send(new ProducerRecord<>(TOPICS.images(), "one", new byte[] {0}));
            }
        }
        assertThat(kafka.records(TOPICS.images()))
                .hasSize(10)
                .allSatisfy(record -> assertThat(record.partition())
                        .isEqualTo(kafka.records(TOPICS.images()).getFirst().partition()));
    }

    @Test
    void aWakeUpEndsARead() {
        try (Consumer<String, byte[]> consumer = kafka.consumer(Map.of())) {
            consumer.assign(List.of(MODELS));
            consumer.wakeup();
            assertThatExceptionOfType(WakeupException.class).isThrownBy(() -> consumer.poll(Duration.ofMillis(1)));
        }
    }

    private static void send(Producer<String, byte[]> producer, int value) {
        Future<?> _ = producer.send(new ProducerRecord<>(TOPICS.models(), "raw", new byte[] {(byte) value}));
    }

    private static List<Integer> values(Consumer<String, byte[]> consumer) {
        List<Integer> values = new ArrayList<>();
        consumer.poll(Duration.ofMillis(1)).forEach(record -> values.add((int) record.value()[0]));
        return values;
    }
}
