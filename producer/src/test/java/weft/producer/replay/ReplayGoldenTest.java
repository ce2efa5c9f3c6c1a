package weft.producer.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;
import weft.producer.dataset.DataFolder;
import weft.producer.dataset.IdxFixture;
import weft.producer.dataset.LabelledImages;
import weft.testing.MemoryKafka;

/// A replay of the same files is the same for ever, byte for byte: ids, values, headers but the replay's
/// own name and the time, and their order.
class ReplayGoldenTest {
    private static final Topics TOPICS = new Topics("weft");

    @TempDir
    private Path folder;

    /// The sums are of the release before images had other shapes.
    @ParameterizedTest
    @CsvSource({
        "SHUFFLED, 2fa12fe5b2aab7065418253f4fb6f491f523f9b9b3fefe6cd06d90923b181fa6",
        "FILE, 647167881072f8a21e720e47e4abe32fb2a40c18bf025515c1b3be21d13b5b99",
        "BY_CLASS, e16acc4eaba66422ddc5b7ae259d4455ab857d748902972ed205a05be90f193c"
    })
    void isTheSameAsEver(Order order, String expected) throws Exception {
        int[] train = IntStream.range(0, 60).map(i -> (7 * i) % 10).toArray();
        int[] test = IntStream.range(0, 10).map(i -> (3 * i) % 10).toArray();
        IdxFixture.write(folder, train, test);
        LabelledImages data = DataFolder.of(folder).read();
        MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
        Progress quiet = new Progress() {
            @Override
            public void sent(long done, long total) {}

            @Override
            public void skipped(long done, long total) {}

            @Override
            public void close() {}
        };
        Replayer replayer = new Replayer(kafka, TOPICS, data, ReplayPlan.of(order, 42, 50, data), Clock.systemUTC());
        try (Replayer.Sending sending = replayer.connect(Pace.of(0))) {
            assertThat(replayer.run(sending, 2, Pace.of(0), quiet)).isTrue();
        }

        MessageDigest sum = MessageDigest.getInstance("SHA-256");
        for (ConsumerRecord<String, byte[]> record : kafka.records(TOPICS.images())) {
            sum.update(record.key().getBytes(StandardCharsets.UTF_8));
            sum.update(record.value());
            for (Header header : record.headers()) {
                if (header.key().equals(ImageHeaders.REPLAY) || header.key().equals(ImageHeaders.EVENT_TIME)) {
                    continue;
                }
                sum.update(header.key().getBytes(StandardCharsets.UTF_8));
                sum.update(Objects.requireNonNull(header.value()));
            }
        }
        assertThat(HexFormat.of().formatHex(sum.digest())).isEqualTo(expected);
    }
}
