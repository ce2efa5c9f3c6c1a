package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.ImageHeaders;
import weft.standalone.broker.EmbeddedBroker;
import weft.standalone.command.Captured;

/// `--drift` as a user runs it.
@Tag("system")
class DriftSystemTest {
    private static final List<String> DRIFTS =
            List.of("--drift", "without@0:9", "--drift", "share@4000:Ankle boot:.1", "--drift", "noise@2000+2000:30");

    @TempDir
    private Path folder;

    /// Killed on its way and started again, it leaves what an undisturbed one leaves.
    @Test
    void aKilledReplayGoesOnBitForBit() throws Exception {
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            KafkaConnection kafka = KafkaConnection.to(broker.address(), Map.of());
            Captured whole = Captured.run(produce(broker, "whole", "0"));
            assertThat(whole.exitCode()).as(whole.log()).isZero();
            List<ConsumerRecord<String, byte[]>> records = TopicReader.read(kafka, "whole.images");
            String summary = "drift without@0:9 share@4000:9:0.1 noise@2000+2000:30: " + records.size()
                    + " images sent, " + (10_000 - records.size()) + " left out";
            try (WeftProcess cut = WeftProcess.start(folder.resolve("cut.log"), produce(broker, "cut", "2000"))) {
                await().atMost(Duration.ofMinutes(1)).until(() -> sent(kafka) > 3_000);
                cut.kill();
                assertThat(sent(kafka)).isBetween(3_000, records.size() - 1);
            }
            Captured again = Captured.run(produce(broker, "cut", "0"));
            assertThat(again.exitCode()).as(again.log()).isZero();
            assertThat(again.log()).contains(summary);

            assertThat(texts(TopicReader.read(kafka, "cut.images"))).isEqualTo(texts(records));
            List<String> labels = records.stream()
                    .map(record -> Objects.requireNonNull(ImageHeaders.text(record.headers(), ImageHeaders.LABEL)))
                    .toList();
            assertThat(labels.subList(0, 4_000)).doesNotContain("9");
            long boots = labels.stream().skip(4_000).filter("9"::equals).count();
            assertThat((double) boots / (labels.size() - 4_000)).isCloseTo(.1, within(.015));
            assertThat(drift(records.get(2_000))).isNull();
            assertThat(drift(records.get(3_000))).isEqualTo("noise:15");
            assertThat(drift(records.getLast())).isEqualTo("noise:30");
        }
    }

    /// The classes are known once the data are read; its broker starts meanwhile.
    @Test
    void aClassThatTheDataDoNotHaveIsToldByUpInOneLine() {
        List<String> arguments = new ArrayList<>(List.of("up", "--limit", "700", "--drift", "only@3:sock"));
        arguments.addAll(List.of("--kafka-port", "0", "--port", "0", "--metrics-port", "0"));
        arguments.addAll(List.of("--dir", folder.resolve("state").toString()));

        Captured up = Captured.run(arguments);

        assertThat(up.exitCode()).as(up.log()).isEqualTo(2);
        assertThat(up.err().lines()).as(up.err()).hasSize(1);
        assertThat(up.err())
                .startsWith("weft: --drift only@3:sock: unknown class 'sock': the classes are T-shirt/top, Trouser, ");
    }

    private static List<String> produce(EmbeddedBroker broker, String prefix, String rate) {
        List<String> arguments = new ArrayList<>(List.of("produce", "--kafka", broker.address(), "--prefix", prefix));
        arguments.addAll(List.of("--limit", "5000", "--epochs", "2", "--rate", rate, "--metrics-port", "0"));
        arguments.addAll(DRIFTS);
        return arguments;
    }

    private static int sent(KafkaConnection kafka) {
        return TopicReader.read(kafka, "cut.images").size();
    }

    private static @Nullable String drift(ConsumerRecord<String, byte[]> record) {
        return ImageHeaders.text(record.headers(), ImageHeaders.DRIFT);
    }

    /// Everything but the time.
    private static List<String> texts(List<ConsumerRecord<String, byte[]>> records) {
        return records.stream()
                .map(record -> {
                    StringBuilder text = new StringBuilder(record.offset() + " " + record.key());
                    record.headers().forEach(header -> {
                        if (!header.key().equals(ImageHeaders.EVENT_TIME)) {
                            text.append(' ')
                                    .append(header.key())
                                    .append('=')
                                    .append(HexFormat.of().formatHex(header.value()));
                        }
                    });
                    return text + " " + HexFormat.of().formatHex(record.value());
                })
                .toList();
    }
}
