package weft.scorer.labels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.scorer.TestModels;
import weft.scorer.quality.Slice;

class LabelDeskTest {
    private static final LabelPolicy POLICY = new LabelPolicy(Duration.ofSeconds(10), 100);
    private static final List<Judgement> TWO = List.of(
            new Judgement(TestModels.TWO, Slice.TRAINED, 1), new Judgement(TestModels.TWO, Slice.PREQUENTIAL, 0));

    @TempDir
    private Path folder;

    private KeyValueStore<Bytes, byte[]> store;

    @BeforeEach
    void open() {
        store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("desk"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        Properties settings = new Properties();
        settings.setProperty(StreamsConfig.APPLICATION_ID_CONFIG, "test");
        settings.setProperty(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nobody:1");
        MockProcessorContext<byte[], byte[]> task =
                new MockProcessorContext<>(settings, new TaskId(0, 0), folder.toFile());
        store.init(task.getStateStoreContext(), store);
    }

    private static byte[] id(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void goesOnWithWhatTheStoreKept() {
        LabelDesk desk = new LabelDesk(store, POLICY, 0);
        assertThat(desk.await(id("a"), TWO, 1_000)).isTrue();
        assertThat(desk.await(id("a"), TWO, 1_000)).isTrue();
        assertThat(desk.await(id("b"), TWO, 2_000)).isTrue();
        assertThat(desk.arrived(id("c"), "5", 3_000)).isEmpty();

        LabelDesk again = new LabelDesk(store, POLICY, 0);

        assertThat(again.images()).isEqualTo(3);
        assertThat(again.await(id("a"), TWO, 4_000)).isTrue();
        assertThat(again.arrived(id("a"), "1", 5_000)).hasSize(6).startsWith(TWO.get(0), TWO.get(1));
        assertThat(again.label(id("c"))).contains("5");
        assertThat(again.label(id("b"))).isEmpty();
        assertThat(again.images()).isEqualTo(1);
    }

    @Test
    void afterTheAgeNothingIsLeftInTheStore() {
        LabelDesk desk = new LabelDesk(store, POLICY, 0);
        for (int i = 0; i < 50; i++) {
            desk.await(id("image-" + i), TWO, i * 100L);
            desk.arrived(id("label-" + i % 20), "3", i * 100L);
        }
        desk.arrived(id("image-0"), "3", 4_900);

        assertThat(desk.expire(14_899)).isEqualTo(new LabelDesk.Expired(48, 19));
        assertThat(desk.expire(14_901)).isEqualTo(new LabelDesk.Expired(1, 1));

        assertThat(desk.images()).isZero();
        assertThat(store.approximateNumEntries()).isZero();
    }

    /// An hour's rest of the scorer is no hour that a label was late.
    @Test
    void whatCameBeforeARestIsNotTooOldAfterIt() {
        LabelDesk desk = new LabelDesk(store, POLICY, 0);
        desk.await(id("a"), TWO, 1_000);
        desk.await(id("b"), TWO, 2_000);

        LabelDesk again = new LabelDesk(store, POLICY, 3_602_000);

        assertThat(again.expire(3_603_000)).isEqualTo(new LabelDesk.Expired(0, 0));
        assertThat(again.arrived(id("a"), "1", 3_603_000)).isEqualTo(TWO);
        assertThat(again.expire(3_602_000 + 10_001)).isEqualTo(new LabelDesk.Expired(1, 0));
    }

    @Test
    void idsThatStartAlikeAreNotMixed() {
        LabelDesk desk = new LabelDesk(store, POLICY, 0);
        desk.await(id("a"), TWO, 1_000);
        desk.await(id("a\0\0\0\0\0\0\0\0\0"), TWO, 1_000);
        desk.await(id("ab"), TWO, 1_000);

        assertThat(desk.arrived(id("a"), "1", 1_000)).isEqualTo(TWO);
        assertThat(desk.images()).isEqualTo(2);
    }

    @Test
    void refusesAgesAndCapacitiesThatMakeNoSense() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelPolicy(Duration.ofMillis(999), 1))
                .withMessage("label age must be 1 second to 7 days, not 999 ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelPolicy(Duration.ofDays(8), 1))
                .withMessageContaining("not 691200000 ms");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new LabelPolicy(Duration.ofDays(7), 0))
                .withMessageEndingWith("not 0");
    }
}
