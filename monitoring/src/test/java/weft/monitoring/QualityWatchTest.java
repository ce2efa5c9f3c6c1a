package weft.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static weft.kafka.wire.QualityFigures.named;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import weft.kafka.wire.QualityEvent;

class QualityWatchTest {
    @Test
    void theSummaryHasTheHonestFiguresToThreeDigits() {
        QualityEvent event = new QualityEvent(
                "raw-kmeans-10",
                60_000,
                Instant.EPOCH,
                List.of(
                        named("images").of(70_000.0),
                        named("prequentialAccuracy").of(0.57484),
                        named("prequentialHomogeneity").of(0.5),
                        named("trainedAccuracy").of(0.9)));

        assertThat(QualityWatch.summary(event)).isEqualTo("raw-kmeans-10 acc .575 hom .500");
    }

    @Test
    void withoutLabelsThereIsNothingToTellOfThem() {
        QualityEvent event = new QualityEvent(
                "raw-kmeans-10", 500, Instant.EPOCH, List.of(named("images").of(600.0)));

        assertThat(QualityWatch.summary(event)).isEqualTo("raw-kmeans-10 acc - hom -");
    }
}
