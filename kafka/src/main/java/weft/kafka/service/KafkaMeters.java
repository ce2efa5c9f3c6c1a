package weft.kafka.service;

import io.micrometer.core.instrument.config.MeterFilter;
import java.util.List;

/// Which of the Kafka clients' own meters are served: they have several hundred, and few of them answer a
/// question.
final class KafkaMeters {
    private static final List<String> WANTED = List.of(
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.thread.commit.latency",
            "kafka.stream.thread.process.latency",
            "kafka.stream.thread.process.rate",
            "kafka.stream.thread.task",
            "kafka.consumer.coordinator.rebalance",
            "kafka.consumer.fetch.manager.records.consumed",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.last.poll.seconds.ago",
            "kafka.producer.record.error",
            "kafka.producer.record.retry",
            "kafka.producer.record.send",
            "kafka.producer.request.latency");

    private KafkaMeters() {}

    /// Refuses every other meter of Kafka's.
    static MeterFilter filter() {
        return MeterFilter.deny(
                id -> id.getName().startsWith("kafka.") && WANTED.stream().noneMatch(id.getName()::startsWith));
    }
}
