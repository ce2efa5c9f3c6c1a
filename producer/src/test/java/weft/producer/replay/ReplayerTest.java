package weft.producer.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.kafka.service.TopicChangedException;
import weft.kafka.service.UserError;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;
import weft.producer.dataset.DataFolder;
import weft.producer.dataset.IdxFixture;
import weft.producer.dataset.LabelledImages;
import weft.testing.MemoryKafka;

/// The topic is the memory of the replay.
class ReplayerTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final int IMAGES = 70;

    @TempDir
    private Path folder;

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 3);
    private LabelledImages data;

    @BeforeEach
    void writeDataset() throws Exception {
        IdxFixture.write(folder, labels(60), labels(10));
        data = DataFolder.of(folder).read();
    }

    private static int[] labels(int count) {
        return IntStream.range(0, count).map(i -> (7 * i) % 10).toArray();
    }

    private Replayer replayer(long seed) {
        return new Replayer(kafka, TOPICS, data, ReplayPlan.of(Order.SHUFFLED, seed, 0, data), Clock.systemUTC());
    }

    private static boolean run(Replayer replayer, int epochs, Progress progress) {
        try (Replayer.Sending sending = replayer.connect(Pace.of(0))) {
            return replayer.run(sending, epochs, Pace.of(0), progress);
        }
    }

    @Test
    void everyImageIsSentOnceAnEpochAndTheEndOfAnEpochIsMarkedOnEveryPartition() {
        assertThat(run(replayer(1), 2, new Counting())).isTrue();

        var records = kafka.records(TOPICS.images());
        assertThat(records).hasSize(2 * IMAGES);
        assertThat(records.stream().collect(Collectors.groupingBy(ConsumerRecord::key, Collectors.counting())))
                .hasSize(IMAGES)
                .allSatisfy((_, times) -> assertThat(times).isEqualTo(2));
        assertThat(records.stream().filter(record -> record.headers().lastHeader(ImageHeaders.EPOCH_END) != null))
                .hasSize(2 * 3);
    }

    @Test
    void aStoppedReplayGoesOnWhereItStood() {
        Counting first = new Counting();
        Replayer stopped = replayer(1);
        first.after(25, stopped::stop);
        assertThat(run(stopped, 2, first)).isFalse();
        assertThat(kafka.records(TOPICS.images())).hasSize(25);

        Counting second = new Counting();
        assertThat(run(replayer(1), 2, second)).isTrue();
        assertThat(second.skipped).isEqualTo(25);
        assertThat(kafka.records(TOPICS.images())).hasSize(2 * IMAGES);
    }

    @Test
    void anotherReplayOnTheSameTopicIsRefused() {
        run(replayer(1), 1, new Counting());

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> run(replayer(2), 1, new Counting()))
                .withMessageStartingWith("topic weft.images holds the replay ");
        assertThat(kafka.records(TOPICS.images())).hasSize(IMAGES);
    }

    @Test
    void aReplayDoesNotGoOnInAnotherTopicOfThatName() {
        try (Replayer replayer = replayer(1)) {
            Counting first = new Counting();
            first.after(25, replayer::stop);
            run(replayer, 1, first);
            kafka.create(TOPICS.images(), 3);

            assertThatExceptionOfType(TopicChangedException.class)
                    .isThrownBy(() -> run(replayer, 1, new Counting()))
                    .withMessage("topic weft.images was deleted and made again: this process must be started again");
            kafka.delete(TOPICS.images());
            assertThatExceptionOfType(TopicChangedException.class)
                    .isThrownBy(() -> run(replayer, 1, new Counting()))
                    .withMessage("topic weft.images is gone: it was deleted");
        }
        assertThatExceptionOfType(TopicChangedException.class)
                .isThrownBy(() -> run(replayer(1), 1, new Counting()))
                .withMessage("topic weft.images does not exist");
    }

    @Test
    void otherDataOfTheSameSizeIsRefused(@TempDir Path other) throws Exception {
        Replayer stopped = replayer(1);
        Counting half = new Counting();
        half.after(35, stopped::stop);
        run(stopped, 1, half);
        int[] moved = labels(60);
        moved[0] = 9;
        IdxFixture.write(other, moved, labels(10));
        data = DataFolder.of(other).read();

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> run(replayer(1), 1, new Counting()))
                .withMessageMatching("topic weft.images holds the replay shuffled/1/60\\+10/[0-9a-f]{8}/3, which is not"
                        + " shuffled/1/60\\+10/[0-9a-f]{8}/3 \\(order/seed/train\\+test/data/partitions\\): .*");
        assertThat(kafka.records(TOPICS.images())).hasSize(35);
    }

    /// Where an image goes depends on their number: what is there would be sent again.
    @Test
    void moreOrFewerPartitionsAreRefused() {
        Replayer stopped = replayer(1);
        Counting half = new Counting();
        half.after(35, stopped::stop);
        run(stopped, 1, half);
        var sent = kafka.records(TOPICS.images());
        kafka.create(TOPICS.images(), 4);
        sent.forEach(record -> kafka.put(new ProducerRecord<>(
                TOPICS.images(),
                record.partition(),
                record.timestamp(),
                record.key(),
                record.value(),
                record.headers())));

        assertThatExceptionOfType(UserError.class)
                .isThrownBy(() -> run(replayer(1), 1, new Counting()))
                .withMessageContaining("/3, which is not shuffled/1/60+10/");
        assertThat(kafka.records(TOPICS.images())).hasSize(35);
    }

    @Test
    void imagesOfOtherProgramsArePassedOver() {
        run(replayer(1), 1, new Counting());
        for (Map.Entry<String, byte[]> foreign :
                Map.of("x", new byte[784], "y", new byte[3]).entrySet()) {
            kafka.put(TOPICS.images(), foreign.getKey(), foreign.getValue());
        }

        Counting again = new Counting();
        run(replayer(1), 1, again);
        assertThat(again.sent).isZero();
        assertThat(again.skipped).isEqualTo(IMAGES);
    }

    /// Counts, and does something after so many.
    private static final class Counting implements Progress {
        private int sent;
        private int skipped;
        private int when = -1;
        private Runnable then = () -> {};

        void after(int images, Runnable action) {
            when = images;
            then = action;
        }

        @Override
        public void sent(long done, long total) {
            sent++;
            if (sent == when) {
                then.run();
            }
        }

        @Override
        public void skipped(long done, long total) {
            skipped++;
        }

        @Override
        public void close() {}
    }
}
