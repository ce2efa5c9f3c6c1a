package weft.scorer.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.Topics;
import weft.scorer.TestModels;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.TallyName;
import weft.testing.MemoryKafka;

class LookupFeedTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final String TOTALS = "weft-totals";
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 2);
    private final List<Throwable> failures = new CopyOnWriteArrayList<>();

    @Test
    void theLatestAssignmentsAndTheNewestTotalsOfEveryTaskAreKnown() {
        kafka.create(TOTALS, 1);
        assign("a", "raw-kmeans-2", "{\"cluster\":0}");
        assign("a", "raw-kmeans-2", "{\"cluster\":1}");
        kafka.put(TOPICS.assignments(), "a", "no header".getBytes(StandardCharsets.UTF_8));
        total("raw-kmeans-2/0", 5);
        total("raw-kmeans-2/0", 7);
        total("raw-kmeans-2/1", 2);
        total("raw-kmeans-20/0", 99);
        kafka.put(TOTALS, "raw-kmeans-2/2", new byte[] {1, 2, 3});
        try (LookupFeed feed = start()) {
            await().atMost(PATIENCE)
                    .until(() -> feed.totals(TallyName.of(TestModels.TWO)).size() == 2);
            assertThat(feed.totals(TallyName.of(TestModels.TWO)))
                    .extracting(QualityPartial::getImages)
                    .containsExactly(7L, 2L);
            await().atMost(PATIENCE).until(() -> !feed.assignments("a").isEmpty());
            assertThat(feed.assignments("a"))
                    .extracting(json -> new String(json, StandardCharsets.UTF_8))
                    .containsExactly("{\"cluster\":1}");
            assertThat(feed.assignments("b")).isEmpty();
        }
        assertThat(failures).isEmpty();
    }

    private LookupFeed start() {
        return LookupFeed.start(kafka, TOPICS, TOTALS, Clock.systemUTC(), failures::add);
    }

    private void total(String key, long images) {
        kafka.put(
                TOTALS,
                key,
                QualityPartial.newBuilder().setImages(images).build().toByteArray());
    }

    private void assign(String image, String pipeline, String json) {
        var record =
                new ProducerRecord<String, byte[]>(TOPICS.assignments(), image, json.getBytes(StandardCharsets.UTF_8));
        record.headers()
                .add(new RecordHeader(AssignmentEvent.PIPELINE_HEADER, pipeline.getBytes(StandardCharsets.UTF_8)));
        kafka.put(record);
    }
}
