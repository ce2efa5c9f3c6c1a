package weft.evaluation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import weft.evaluation.Report.StreamFigures;
import weft.kafka.wire.Topics;
import weft.testing.MemoryKafka;
import weft.testing.TestData;

class StreamSummaryTest {
    private static final Topics TOPICS = new Topics("weft");

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 3);

    private void image(int partition, String id, int epoch) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(TOPICS.images(), partition, id, new byte[784]);
        record.headers().add("epoch", Integer.toString(epoch).getBytes(UTF_8));
        kafka.put(record);
    }

    private void assignment(int latencySeconds) {
        String json = "{\"imageId\":\"a\",\"epoch\":0,\"pipeline\":\"raw-kmeans-2\",\"modelVersion\":1,\"cluster\":0,"
                + "\"score\":1.0,\"margin\":1.0,\"split\":\"train\",\"trainedOn\":false,\"partition\":0,\"offset\":0,"
                + "\"eventTime\":\"2026-01-02T03:04:00.000Z\",\"scoredAt\":\"2026-01-02T03:04:0" + latencySeconds
                + ".000Z\"}";
        kafka.put(TOPICS.assignments(), "a", json.getBytes(UTF_8));
    }

    private StreamSummary read() {
        return StreamSummary.read(kafka, TOPICS, TestData.FASHION);
    }

    private List<String> firstEpoch(StreamSummary summary) {
        List<String> ids = new ArrayList<>();
        try (LoggedImages log = LoggedImages.before(kafka, summary.firstEpoch(), TestData.FASHION)) {
            log.read((id, image, _) -> ids.add(id + " of " + image.image().epoch()));
        }
        return ids;
    }

    @Test
    void countsWhatWentThroughAndSaysWhereTheFirstEpochEnds() {
        image(0, "a", 0);
        image(0, "b", 1);
        image(0, "c", 0);
        image(0, "d", 1);
        image(1, "e", 1);
        kafka.put(new ProducerRecord<>(TOPICS.images(), 2, "bad", new byte[3]));
        image(2, "f", 0);
        assignment(2);
        assignment(4);
        kafka.put(TOPICS.assignments(), "foreign", "what".getBytes(UTF_8));
        kafka.put(TOPICS.deadLetters(), "bad", new byte[3]);

        StreamSummary summary = read();

        assertThat(summary.images()).isEqualTo(6);
        assertThat(summary.firstEpoch())
                .isEqualTo(
                        Map.of(new TopicPartition(TOPICS.images(), 0), 3L, new TopicPartition(TOPICS.images(), 2), 2L));
        assertThat(firstEpoch(summary)).containsExactlyInAnyOrder("a of 0", "b of 1", "c of 0", "f of 0");
        StreamFigures figures = summary.figures(Map.of("raw", 4L), Optional.empty());
        assertThat(figures.imagesProduced()).isEqualTo(7);
        assertThat(figures.assignments()).isEqualTo(2);
        assertThat(figures.deadLetters()).isEqualTo(1);
        assertThat(figures.seconds()).isEqualTo(4);
        assertThat(figures.imagesTrained()).containsEntry("raw", 4L);
    }

    @Test
    void whatComesLaterIsAnotherSummarys() {
        image(0, "a", 0);
        StreamSummary summary = read();
        image(0, "b", 0);
        image(1, "c", 0);

        assertThat(firstEpoch(summary)).containsExactly("a of 0");
        assertThat(firstEpoch(read())).hasSize(3);
    }

    @Test
    void aStreamWithoutAFirstEpochHasNothingToScore() {
        assertThat(firstEpoch(read())).isEmpty();
        image(1, "e", 3);

        StreamSummary summary = read();

        assertThat(summary.images()).isEqualTo(1);
        assertThat(firstEpoch(summary)).isEmpty();
    }
}
