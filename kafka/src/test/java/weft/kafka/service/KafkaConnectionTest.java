package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class KafkaConnectionTest {
    @Test
    void hidesThePasswordsOfItsSettings() {
        KafkaConnection kafka = KafkaConnection.to("broker:9092", Map.of("sasl.jaas.config", "password=\"secret\""));

        assertThat(kafka).hasToString("KafkaConnection[broker:9092]");
    }

    @Test
    void theUsersSettingsWinButForTheBootstrap() {
        KafkaConnection kafka =
                KafkaConnection.to("broker:9092", Map.of("linger.ms", "7", "bootstrap.servers", "other:1"));

        Properties properties = kafka.properties(Map.of("linger.ms", "5", "acks", "all"));

        assertThat(properties)
                .containsOnly(
                        Map.entry("linger.ms", "7"),
                        Map.entry("acks", "all"),
                        Map.entry("bootstrap.servers", "broker:9092"),
                        Map.entry("metric.reporters", ""),
                        Map.entry("send.buffer.bytes", "-1"),
                        Map.entry("receive.buffer.bytes", "-1"),
                        Map.entry("enable.metrics.push", "false"));
    }

    @Test
    void isACopy() {
        Map<String, String> extra = new HashMap<>(Map.of("linger.ms", "7"));
        KafkaConnection kafka = KafkaConnection.to("broker:9092", extra);

        extra.clear();

        assertThat(kafka.properties(Map.of())).containsEntry("linger.ms", "7");
    }

    @Test
    void settingsThatDoNotWorkAreTheUsersFault() {
        KafkaConnection noPort = KafkaConnection.to("nonsense", Map.of());
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(noPort::admin)
                .withMessage(
                        "Kafka client settings for nonsense do not work: Invalid url in bootstrap.servers: nonsense");
        KafkaConnection noAcks = KafkaConnection.to("127.0.0.1:9", Map.of("acks", "maybe"));
        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> noAcks.producer(Map.of()))
                .withMessageStartingWith(
                        "Kafka client settings for 127.0.0.1:9 do not work: Invalid value maybe for configuration acks");
    }
}
