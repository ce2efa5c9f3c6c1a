package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;
import static weft.kafka.wire.QualityFigures.named;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import weft.kafka.wire.QualityEvent;

/// A curve over a stream without end, in bounded memory.
class QualityHistoryTest {
    @Test
    void theWholeStreamStaysInViewHoweverLongItIs() {
        QualityHistory history = new QualityHistory(600);
        List<@Nullable Double> values = point(0).values();
        for (int i = 1; i <= 1_000_000; i++) {
            history.add(new QualityPoint(1_000.0 * i, values));
        }
        List<QualityPoint> points = history.points();
        assertThat(points).hasSizeBetween(300, 600);
        assertThat(points.getFirst().images()).isEqualTo(1_000);
        assertThat(points.getLast().images()).isEqualTo(1e9);
        double widest = 0;
        for (int i = 1; i < points.size(); i++) {
            double step = points.get(i).images() - points.get(i - 1).images();
            assertThat(step).isPositive();
            widest = Math.max(widest, step);
        }
        assertThat(widest).as("no gap is wide").isLessThan(1e9 / 100);
    }

    @Test
    void aStreamThatRestsAddsNothing() {
        QualityHistory history = new QualityHistory(600);
        for (int i = 0; i < 1_000; i++) {
            history.add(point(500));
        }
        assertThat(history.points()).hasSize(1);
    }

    @Test
    void aCountThatFallsStartsAfresh() {
        QualityHistory history = new QualityHistory(600);
        history.add(point(10_000));
        history.add(point(20_000));
        history.add(point(300));
        assertThat(history.points()).extracting(QualityPoint::images).containsExactly(300.0);
    }

    @Test
    void aPointHoldsTheChartedFiguresInTheirOrder() {
        QualityPoint point = QualityPoint.of(new QualityEvent(
                "raw-kmeans-10",
                512,
                Seen.NOW,
                List.of(
                        named("images").of(700.0),
                        named("prequentialWindowAccuracy").of(0.5),
                        named("testHomogeneity").of(0.25))));
        assertThat(point.images()).isEqualTo(700);
        assertThat(point.values().get(QualityPoint.FIGURES.indexOf(named("prequentialWindowAccuracy"))))
                .isEqualTo(0.5);
        assertThat(point.values().get(QualityPoint.FIGURES.indexOf(named("testHomogeneity"))))
                .isEqualTo(0.25);
        assertThat(point.values().get(QualityPoint.FIGURES.indexOf(named("testAccuracy"))))
                .isNull();
    }

    private static QualityPoint point(double images) {
        return QualityPoint.of(new QualityEvent(
                "raw-kmeans-10", 512, Seen.NOW, List.of(named("images").of(images))));
    }
}
