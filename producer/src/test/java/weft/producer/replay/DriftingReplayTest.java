package weft.producer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.UserError;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;
import weft.producer.dataset.DataFolder;
import weft.producer.dataset.IdxFixture;
import weft.producer.dataset.LabelledImages;
import weft.producer.drift.Drift;
import weft.testing.MemoryKafka;

/// A stream that changes on purpose, as it stands on the topic.
class DriftingReplayTest {
    private static final Topics TOPICS = new Topics("weft");

    @TempDir
    private Path folder;

    private LabelledImages data;

    @BeforeEach
    void writeDataset() throws Exception {
        IdxFixture.write(folder, labels(600), labels(100));
        data = DataFolder.of(folder).read();
    }

    private static int[] labels(int count) {
        return IntStream.range(0, count).map(i -> (7 * i) % 10).toArray();
    }

    private ReplayPlan plan(String... drifts) {
        return ReplayPlan.of(
                Order.SHUFFLED,
                1,
                0,
                data,
                Arrays.stream(drifts).map(Drift::parse).toList());
    }

    /// @param stopAfter images; -1 for never
    private void send(MemoryKafka kafka, ReplayPlan plan, int stopAfter) {
        Replayer replayer = new Replayer(kafka, TOPICS, data, plan, Clock.systemUTC());
        Progress progress = new Progress() {
            private int sent;

            @Override
            public void sent(long done, long total) {
                assertThat(done).isLessThanOrEqualTo(total);
                if (++sent == stopAfter) {
                    replayer.stop();
                }
            }

            @Override
            public void skipped(long done, long total) {
                assertThat(done).isLessThanOrEqualTo(total);
            }

            @Override
            public void close() {}
        };
        try (Replayer.Sending sending = replayer.connect(Pace.of(0))) {
            assertThat(replayer.run(sending, 2, Pace.of(0), progress)).isEqualTo(stopAfter < 0);
        }
    }

    private List<ConsumerRecord<String, byte[]>> sent(String... drifts) {
        MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
        send(kafka, plan(drifts), -1);
        return kafka.records(TOPICS.images());
    }

    private static String drift(ConsumerRecord<String, byte[]> record) {
        return Objects.requireNonNullElse(ImageHeaders.text(record.headers(), ImageHeaders.DRIFT), "");
    }

    @Test
    void imagesChangeFromTheirPlaceOnOverTheEpochs() {
        List<ConsumerRecord<String, byte[]>> plain = sent();
        List<ConsumerRecord<String, byte[]>> changed = sent("invert@1000", "brightness@300+200:.5");

        assertThat(changed).hasSize(1400);
        for (int i = 0; i < 1400; i++) {
            String brightness = i <= 300 ? "" : "brightness:" + (i >= 500 ? "0.5" : text(1 - .5 * (i - 300) / 200));
            assertThat(drift(changed.get(i)))
                    .as("image %d", i)
                    .isEqualTo(i < 1000 ? brightness : "invert:1," + brightness);
            byte[] was = plain.get(i).value();
            byte[] is = changed.get(i).value();
            for (int p = 0; p < was.length; p++) {
                int value = i < 1000 ? was[p] & 0xFF : 255 - (was[p] & 0xFF);
                double factor = i <= 300 ? 1 : Math.max(.5, 1 - .5 * (i - 300) / 200);
                assertThat((double) (is[p] & 0xFF)).isCloseTo(factor * value, within(.5001));
            }
        }
    }

    private static String text(double value) {
        return BigDecimal.valueOf(Math.round(value * 1e6), 6)
                .stripTrailingZeros()
                .toPlainString();
    }

    @Test
    void aNewClassMakesUpItsShareAndNothingComesTwice() {
        List<ConsumerRecord<String, byte[]>> records = sent("without:9@0", "share:9:.05@400");

        int new9 = 0;
        Set<String> seen = new HashSet<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            assertThat(drift(record)).isEmpty();
            assertThat(seen.add(record.key() + "/" + ImageHeaders.text(record.headers(), ImageHeaders.EPOCH)))
                    .isTrue();
            if ("9".equals(ImageHeaders.text(record.headers(), ImageHeaders.LABEL))) {
                assertThat(record.offset()).isGreaterThanOrEqualTo(400);
                new9++;
            }
        }
        assertThat((double) new9 / (records.size() - 400)).isCloseTo(.05, within(.02));
        // Of 1,400 images 140 are of the class; about a third of those that come later stay.
        assertThat(records).hasSizeBetween(1280, 1325);
        assertThat(records.stream().filter(record -> record.headers().lastHeader(ImageHeaders.EPOCH_END) != null))
                .hasSize(2);
    }

    @Test
    void aReplayThatWasCutAnywhereGoesOnBitForBit() {
        String[] drifts = {"noise@100:20", "without@200+300:3", "rotate@50+800:25", "share@900:1:.3"};
        MemoryKafka whole = new MemoryKafka(TOPICS, 3);
        send(whole, plan(drifts), -1);
        MemoryKafka cut = new MemoryKafka(TOPICS, 3);
        for (int after : new int[] {1, 130, 70, 400, 333}) {
            send(cut, plan(drifts), after);
        }
        send(cut, plan(drifts), -1);

        assertThat(texts(cut)).isEqualTo(texts(whole)).hasSizeLessThan(1400);
    }

    /// Everything but the time, partition by partition.
    private static List<String> texts(MemoryKafka kafka) {
        List<String> texts = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : kafka.records(TOPICS.images())) {
            StringBuilder text = new StringBuilder(record.partition() + " " + record.offset() + " " + record.key());
            record.headers().forEach(header -> {
                if (!header.key().equals(ImageHeaders.EVENT_TIME)) {
                    text.append(' ')
                            .append(header.key())
                            .append('=')
                            .append(ImageHeaders.text(record.headers(), header.key()));
                }
            });
            texts.add(text + " " + HexFormat.of().formatHex(record.value()));
        }
        texts.sort(null);
        return texts;
    }

    @Test
    void anotherDriftIsAnotherReplay() {
        MemoryKafka kafka = new MemoryKafka(TOPICS, 1);
        send(kafka, plan("rotate@10:25"), 40);
        for (ReplayPlan other : List.of(plan(), plan("rotate@10:26"), plan("rotate@11:25"), plan("rotate@10+5:25"))) {
            assertThatExceptionOfType(UserError.class)
                    .isThrownBy(() -> send(kafka, other, -1))
                    .withMessageContaining("/1/rotate@10:25, which is not ");
        }
        send(kafka, plan("rotate:25.0@10"), -1);
        assertThat(kafka.records(TOPICS.images())).hasSize(1400);
        assertThat(plan().fingerprint(1)).endsWith("/1");
    }
}
