package weft.scorer.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static weft.kafka.wire.QualityFigures.named;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Dataset;
import weft.core.image.Label;
import weft.core.metric.ContingencyTable;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.QualityEvent;
import weft.scorer.TestModels;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.GlobalQuality;
import weft.scorer.quality.Slice;
import weft.testing.TestData;

/// Labels that no data set has named.
class AnyLabelsTest {
    private static final Dataset ANY = new Dataset("any", TestData.FASHION.shape(), List.of());

    @TempDir
    private Path state;

    private Scoring scoring;

    @BeforeEach
    void start() throws Exception {
        scoring = new Scoring(ANY, state, 1, "raw-kmeans-2");
        scoring.models.offer(TestModels.snapshot(512, 0, 0, 1), 1_000);
    }

    @AfterEach
    void stop() {
        scoring.close();
    }

    @Test
    void labelsAreTextAndNameTheClusters() {
        scoring.send("a", 0, "label", "cat");
        scoring.send("b", 0, "label", "12");
        scoring.send("c", 255);
        scoring.label("c", "chat noir");
        scoring.send("d", 255);
        scoring.send("e", 0);

        List<AssignmentEvent> events = scoring.assignments.readValuesToList().stream()
                .map(AssignmentEvent::fromJson)
                .toList();
        assertThat(events)
                .extracting(AssignmentEvent::label)
                .containsExactly(
                        Optional.of(new Label("cat", OptionalInt.empty())),
                        Optional.of(new Label("12", OptionalInt.of(12))),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty());
        assertThat(events.get(3).clusterName()).contains("chat noir");
        assertThat(events.get(4).clusterName()).contains("cat");
        QualityEvent quality = scoring.measure().getLast();
        assertThat(quality.value(named("prequentialImages"))).hasValue(3);
        // Two of three: one of the first cluster's two labels, and the only one of the second.
        assertThat(quality.value(named("prequentialAccuracy")).orElseThrow()).isEqualTo(2 / 3.0);
        assertThat(scoring.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void theThousandAndFirstIsCountedAsUnknown() {
        for (int i = 0; i < 1_001; i++) {
            scoring.send("image-" + i, 0, "label", "kind " + i);
        }
        scoring.send("again", 0, "label", "kind 999");

        assertThat(scoring.assignments.readValuesToList()).hasSize(1_002);
        assertThat(scoring.measure().getLast().value(named("prequentialImages")))
                .hasValue(1_001);
        assertThat(scoring.deadLetters.isEmpty()).isTrue();
    }

    @Test
    void totalsOfTasksAreAddedUpByName() throws Exception {
        List<QualityPartial> totals = List.of(total("cat", "dog", "cat"), total("emu", "dog"));
        GlobalQuality.Labelled sum = new GlobalQuality(List.of()).table(totals, Slice.PREQUENTIAL, false);

        assertThat(sum.labels()).containsExactly("cat", "dog", "emu");
        assertThat(sum.table()).isEqualTo(ContingencyTable.of(new long[][] {{2, 2, 1}, {0, 0, 0}}));
    }

    /// What a task tells that has met these labels in this order.
    private QualityPartial total(String... labels) throws Exception {
        try (Scoring task = new Scoring(ANY, state.resolve(String.join("-", labels)), 1, "raw-kmeans-2")) {
            task.models.offer(TestModels.snapshot(512, 0, 0, 1), 1_000);
            IntStream.range(0, labels.length).forEach(i -> task.send("image-" + i, 0, "label", labels[i]));
            task.measure();
            return QualityPartial.parseFrom(task.taskTotals.readValuesToList().getLast());
        }
    }
}
