package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.kafka.wire.QualityFigures.OfSlice;
import weft.kafka.wire.QualityFigures.Slice;
import weft.kafka.wire.QualityFigures.Span;

class QualityFiguresTest {
    @Test
    void everyFigureHasOneNameAndImagesAndClustersAreCounts() {
        // Five of the pipeline, and eight of three slices over two spans.
        assertThat(QualityFigures.all()).hasSize(5 + 8 * 3 * 2);
        assertThat(QualityFigures.all()).extracting(QualityFigure::name).doesNotHaveDuplicates();
        assertThat(QualityFigures.all().stream()
                        .filter(figure -> figure.type() == QualityFigure.Type.COUNT)
                        .map(QualityFigure::name))
                .containsExactlyInAnyOrder(
                        "images",
                        "emptyClusters",
                        "prequentialImages",
                        "prequentialWindowImages",
                        "trainedImages",
                        "trainedWindowImages",
                        "testImages",
                        "testWindowImages");
        assertThat(QualityFigures.named("meanSquaredDistance").type()).isEqualTo(QualityFigure.Type.NUMBER);
    }

    @Test
    void aNameIsWhoJudgedOverWhatAndWhich() {
        assertThat(OfSlice.ACCURACY_HUNGARIAN.of(Slice.PREQUENTIAL, Span.WINDOW))
                .isEqualTo(QualityFigures.named("prequentialWindowAccuracyHungarian"));
        assertThat(OfSlice.NMI.of(Slice.TEST, Span.LIFE)).isEqualTo(QualityFigures.named("testNmi"));
    }

    @Test
    void theDocsHaveNameTypeAndMeaningOfEveryFigure() throws IOException {
        List<String> docs = Files.readAllLines(Path.of("../docs/quality.md"));
        Stream<String> rows = Stream.concat(
                Arrays.stream(OfSlice.values()).map(one -> row(one.id(), one.type(), one.meaning())),
                QualityFigures.OF_PIPELINE.stream().map(one -> row(one.name(), one.type(), one.meaning())));
        assertThat(docs).containsAll(rows.toList());
    }

    private static String row(String name, QualityFigure.Type type, String meaning) {
        return "| `" + name + "` | " + type.name().toLowerCase(Locale.ROOT) + " | " + meaning + " |";
    }

    @ParameterizedTest
    @ValueSource(doubles = {-1, 0.5, Double.NaN, Double.POSITIVE_INFINITY})
    void aCountIsAWholeNumber(double value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QualityFigures.IMAGES.of(value))
                .withMessageStartingWith("images must be a ")
                .withMessageEndingWith(", not " + value);
    }

    @Test
    void aNumberIsFinite() {
        assertThat(QualityFigures.MEAN_MARGIN.of(-0.5).value()).isEqualTo(-0.5);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> QualityFigures.MEAN_MARGIN.of(Double.NaN))
                .withMessage("meanMargin must be a finite number, not NaN");
    }
}
