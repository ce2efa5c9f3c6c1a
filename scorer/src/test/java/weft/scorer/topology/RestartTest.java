package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.image.Dataset;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.InvalidSnapshotException;
import weft.scorer.TestModels;
import weft.scorer.models.ModelRegistry;
import weft.scorer.proto.QualityPartial;
import weft.testing.TestData;

/// A task of partition 3 that ends and starts again on what its store kept.
class RestartTest {
    private static final int PARTITION = 3;

    private Dataset dataset = TestData.FASHION;

    @TempDir
    private Path state;

    private final ModelRegistry models = new ModelRegistry(List.of(TestModels.TWO), TestData.FASHION.shape());

    private ScoreProcessor processor() throws InvalidSnapshotException {
        if (!models.complete()) {
            models.offer(TestModels.snapshot(512, 0, 0, 1), 1_000);
        }
        return new ScoreProcessor(
                Scoring.TOPICS,
                dataset,
                models,
                new ScorerMetrics(new SimpleMeterRegistry()),
                Clock.fixed(Scoring.DUE, ZoneOffset.UTC),
                200,
                Scoring.LABELS,
                new Hold());
    }

    private MockProcessorContext<byte[], byte[]> task() {
        MockProcessorContext<byte[], byte[]> task =
                new MockProcessorContext<>(Scoring.properties(state), new TaskId(0, PARTITION), state.toFile());
        CommitStore store = CommitStore.builder(ScorerTopology.TALLIES)
                .withLoggingDisabled()
                .build();
        store.init(task.getStateStoreContext(), store);
        task.addStateStore(store);
        KeyValueStore<Bytes, byte[]> labels = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(ScorerTopology.LABELS), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .withCachingDisabled()
                .build();
        labels.init(task.getStateStoreContext(), labels);
        task.addStateStore(labels);
        return task;
    }

    private static void score(ScoreProcessor processor, MockProcessorContext<byte[], byte[]> task, int from, int to) {
        Random random = new Random(from);
        for (int offset = from; offset < to; offset++) {
            task.setRecordMetadata("weft.images", PARTITION, offset);
            String[] headers = {
                "split", random.nextInt(7) == 0 ? "test" : "train", "label", Integer.toString(random.nextInt(10))
            };
            processor.process(new Record<>(
                    new byte[] {'x'},
                    TestModels.flat(random.nextInt(256)),
                    Scoring.DUE.toEpochMilli(),
                    Scoring.headers(headers)));
        }
    }

    private static QualityPartial total(MockProcessorContext<byte[], byte[]> task) throws Exception {
        everySecond(task).getLast().getPunctuator().punctuate(0);
        return QualityPartial.parseFrom(
                task.forwarded(ScorerTopology.PARTIALS).getLast().record().value());
    }

    /// Others see to commits.
    private static List<CapturedPunctuator> everySecond(MockProcessorContext<byte[], byte[]> task) {
        return task.scheduledPunctuators().stream()
                .filter(one -> one.getInterval().equals(Duration.ofSeconds(1)))
                .toList();
    }

    private static AssignmentEvent last(MockProcessorContext<byte[], byte[]> task) {
        return AssignmentEvent.fromJson(
                task.forwarded(ScorerTopology.ASSIGNMENTS).getLast().record().value());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aNewProcessorOnTheKeptStateCountsOnAsIfNothingHadBeen(boolean named) throws Exception {
        // Labels that nobody has named are numbered as they come: the numbers must survive, too.
        dataset = named ? TestData.FASHION : new Dataset("any", TestData.FASHION.shape(), List.of());
        MockProcessorContext<byte[], byte[]> undisturbed = task();
        ScoreProcessor one = processor();
        one.init(undisturbed);
        score(one, undisturbed, 0, 523);
        QualityPartial before = total(undisturbed);

        MockProcessorContext<byte[], byte[]> restarted = task();
        commit(undisturbed);
        copy(counts(undisturbed).values(), counts(restarted).values());
        ScoreProcessor two = processor();
        two.init(restarted);

        assertThat(total(restarted)).isEqualTo(before);
        assertThat(before.getPartition()).isEqualTo(PARTITION);
        score(one, undisturbed, 523, 911);
        score(two, restarted, 523, 911);
        assertThat(total(restarted)).isEqualTo(total(undisturbed));
        assertThat(last(restarted)).isEqualTo(last(undisturbed));
        assertThat(last(restarted).clusterName()).isPresent();
    }

    private static CommitStore counts(MockProcessorContext<byte[], byte[]> task) {
        return task.getStateStore(ScorerTopology.TALLIES);
    }

    /// As Kafka Streams does before each commit.
    private static void commit(MockProcessorContext<byte[], byte[]> task) {
        counts(task).flushCache();
    }

    private static void copy(KeyValueStore<String, byte[]> from, KeyValueStore<String, byte[]> to) {
        try (KeyValueIterator<String, byte[]> kept = from.all()) {
            kept.forEachRemaining(entry -> to.put(entry.key, entry.value));
        }
    }

    /// Kafka Streams does so with a task that it revives after corruption or resumes after a rebalance.
    @Test
    void theSameProcessorStartedOnceMoreCountsNothingTwice() throws Exception {
        MockProcessorContext<byte[], byte[]> task = task();
        ScoreProcessor processor = processor();
        processor.init(task);
        score(processor, task, 0, 250);
        QualityPartial before = total(task);
        commit(task);

        processor.close();
        processor.init(task);

        assertThat(total(task)).isEqualTo(before);
        assertThat(everySecond(task)).extracting(CapturedPunctuator::cancelled).containsExactly(true, false);
        assertThat(task.scheduledPunctuators().stream().filter(one -> !one.cancelled()))
                .as("no commit of the old task is due")
                .containsExactly(everySecond(task).getLast());
    }

    /// The offsets of these images are not committed either: they come again.
    @Test
    void whatWasNotCommittedIsCountedNowhere() throws Exception {
        MockProcessorContext<byte[], byte[]> task = task();
        ScoreProcessor processor = processor();
        processor.init(task);
        score(processor, task, 0, 250);
        QualityPartial before = total(task);
        commit(task);
        score(processor, task, 250, 400);

        processor.close();
        counts(task).close();
        commit(task);
        processor.init(task);

        assertThat(before.getImages()).isEqualTo(250);
        assertThat(total(task)).isEqualTo(before);
    }

    @Test
    void theFirstImageOfANewSnapshotIsCommittedAtOnce() throws Exception {
        MockProcessorContext<byte[], byte[]> task = task();
        ScoreProcessor processor = processor();
        processor.init(task);

        score(processor, task, 0, 1);
        assertThat(task.committed()).isTrue();
        task.resetCommit();
        score(processor, task, 1, 5);
        assertThat(task.committed()).isFalse();
        models.offer(TestModels.snapshot(2_000, 0, 0, 1), 1_000);
        score(processor, task, 5, 6);
        assertThat(task.committed()).isTrue();
    }
}
