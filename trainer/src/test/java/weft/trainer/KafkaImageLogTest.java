package weft.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Split;
import weft.kafka.wire.TimedImage;
import weft.trainer.learn.ImageLog;
import weft.trainer.learn.Plans;

/// A window that is read back from two partitions, of which retention has deleted a part.
class KafkaImageLogTest {
    private static final int RECORDS = 600;

    @Test
    void readsTheWindowBackFromItsPartitions() {
        assertThat(levels(0)).containsExactly(.2, 1);
    }

    @Test
    void passesOverWhatRetentionDeleted() {
        // Dark images come first in each partition: of the window only light ones are left.
        assertThat(levels(200)).containsExactly(1, 1);
    }

    @Test
    void endsWhereNothingIsLeft() {
        assertThat(read(RECORDS)).isEmpty();
    }

    @Test
    void imagesThatNeverComeAreNotWaitedForWithoutEnd() {
        MockConsumer<String, Optional<TimedImage>> consumer = new MockConsumer<>("earliest");
        for (int partition = 0; partition < 2; partition++) {
            consumer.updateBeginningOffsets(Map.of(new TopicPartition("images", partition), 0L));
        }
        KafkaImageLog log = new KafkaImageLog(consumer, "images", Duration.ofMillis(50));
        assertThatExceptionOfType(TimeoutException.class)
                .isThrownBy(() -> log.read(ALL, (_, _) -> {}))
                .withMessageMatching("offsets 0 to 299 of images-[01] were read before and are not there for .*");
    }

    /// The least and the largest grey level of what is read back.
    private static double[] levels(long beginning) {
        List<Integer> greys = read(beginning);
        return new double[] {Collections.min(greys) / 255.0, Collections.max(greys) / 255.0};
    }

    /// Reads all records' positions back from a log that begins at an offset.
    private static List<Integer> read(long beginning) {
        MockConsumer<String, Optional<TimedImage>> consumer = new MockConsumer<>("earliest");
        for (int partition = 0; partition < 2; partition++) {
            consumer.updateBeginningOffsets(Map.of(new TopicPartition("images", partition), beginning));
            // Each partition is read on its own, whichever comes first.
            consumer.schedulePollTask(() -> consumer.assignment().forEach(assigned -> {
                for (long offset = beginning; offset < RECORDS / 2; offset++) {
                    consumer.addRecord(
                            new ConsumerRecord<>("images", assigned.partition(), offset, "", record(offset)));
                }
            }));
        }
        List<Integer> greys = new ArrayList<>();
        new KafkaImageLog(consumer, "images", Duration.ofMinutes(1)).read(ALL, (index, image) -> {
            assertThat(record(ALL.offset(index)).orElseThrow().image().values()).isEqualTo(image);
            greys.add(image.toBytes()[0] & 0xFF);
        });
        return greys;
    }

    private static final ImageLog.Positions ALL = new ImageLog.Positions() {
        @Override
        public int size() {
            return RECORDS;
        }

        @Override
        public int partition(int index) {
            return index % 2;
        }

        @Override
        public long offset(int index) {
            return index / 2;
        }
    };

    private static Optional<TimedImage> record(long offset) {
        if (offset % 50 == 7) {
            return Optional.empty();
        }
        byte[] pixels = new byte[784];
        Arrays.fill(pixels, (byte) (offset < 150 ? 51 : 255));
        return Optional.of(
                new TimedImage(new Image(Split.TRAIN, 0, ImageValues.of(Plans.GREY, pixels)), Optional.empty()));
    }
}
