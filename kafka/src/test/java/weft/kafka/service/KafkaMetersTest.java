package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class KafkaMetersTest {
    @Test
    void fewOfKafkasOwnMetersAreServedAndAllOfOurs() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        registry.config().meterFilter(KafkaMeters.filter());
        registry.counter("kafka.consumer.io.ratio");
        registry.counter("kafka.consumer.fetch.manager.records.lag.max");
        registry.counter("weft.scorer.images");
        assertThat(registry.getMeters().stream().map(meter -> meter.getId().getName()))
                .containsExactlyInAnyOrder("kafka.consumer.fetch.manager.records.lag.max", "weft.scorer.images");
    }
}
