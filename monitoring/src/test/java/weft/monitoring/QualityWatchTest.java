package weft.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import weft.kafka.wire.QualityEvent;

class QualityWatchTest {
    @Test
    void theSummaryHasTheHonestFiguresToThreeDigits() {
        QualityEvent event = new QualityEvent(
                "raw-kmeans-10",
                60_000,
                Instant.EPOCH,
                Map.of(
                        "images",
                        70_000.0,
                        "prequentialAccuracy",
                        0.57484,
                        "prequentialHomogeneity",
                        0.5,
                        "trainedAccuracy",
                        0.9));

        assertThat(QualityWatch.summary(event)).isEqualTo("raw-kmeans-10 acc .575 hom .500");
    }

    @Test
    void withoutLabelsThereIsNothingToTellOfThem() {
        QualityEvent event = new QualityEvent("raw-kmeans-10", 500, Instant.EPOCH, Map.of("images", 600.0));

        assertThat(QualityWatch.summary(event)).isEqualTo("raw-kmeans-10 acc - hom -");
    }
}
