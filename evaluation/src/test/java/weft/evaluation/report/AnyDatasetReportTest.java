package weft.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.image.Dataset;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Label;
import weft.core.image.LabelIndex;
import weft.core.image.LabelledImage;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.evaluation.FinalScores;
import weft.evaluation.Findings;
import weft.evaluation.Report;
import weft.evaluation.Samples;

/// The report of other data than Fashion-MNIST.
class AnyDatasetReportTest {
    private static final Pattern PICTURE = Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)");

    @ParameterizedTest
    @CsvSource({"6x4, 26, 6, 4", "6x4x3, 2, 6, 4", "5, 10, 5, 1", "40, 26, 40, 5"})
    void labelsAndPicturesOfAnyShape(String shape, int labels, int width, int height) throws IOException {
        String report = report(Shape.parse(shape), labels);
        assertThat(report)
                .contains("<h3>label 1</h3>", "Confusion matrix of raw-kmeans-2", "Predicted labels of test images")
                .contains("cluster 0: label 0, ")
                .doesNotContain("batch study", "Fashion", "NaN");
        assertThat(pictures(report)).hasSizeGreaterThan(2).allSatisfy(picture -> {
            assertThat(picture.getWidth()).isEqualTo(width);
            assertThat(picture.getHeight()).isEqualTo(height);
        });
    }

    @Test
    void withoutLabelsThereAreCentresAndExamples() throws IOException {
        String report = report(new Shape.Image(6, 4, 1), 0);
        assertThat(report)
                .contains("<h3>no label</h3>", "No train image has a label", "<figcaption>cluster 1</figcaption>")
                .doesNotContain("Confusion", "Predicted", "unknown", "NaN");
        assertThat(pictures(report)).hasSizeGreaterThan(2);
    }

    @Test
    void tooManyLabelsForAMatrixAreTold() {
        assertThat(report(new Shape.Image(6, 4, 1), 200))
                .contains("200 labels are too many for a confusion matrix", "Of 40 of 200 labels.")
                .doesNotContain("Confusion matrix of");
    }

    @Test
    void aConfusionMatrixGrowsWithItsLabelsAndShortensLongNames() {
        List<String> names = new ArrayList<>();
        Map<Integer, long[]> counts = new TreeMap<>();
        for (int label = 0; label < 40; label++) {
            names.add("name " + label);
            counts.put(label, new long[40]);
        }
        String plain = confusion(names, counts);
        names.set(39, "a name that is longer than there is room for");
        String cut = confusion(names, counts);
        names.set(39, "a name that is long…");
        assertThat(cut).isEqualTo(confusion(names, counts)).isNotEqualTo(plain);
        assertThat(width(cut)).isEqualTo(2_000);
        assertThat(width(confusion(List.of("a", "b"), Map.of(0, new long[2], 1, new long[2]))))
                .isEqualTo(620);
    }

    private static String confusion(List<String> names, Map<Integer, long[]> counts) {
        return Charts.confusion(names, counts).replaceAll("clip\\d+", "clip");
    }

    private static int width(String svg) {
        Matcher matcher = Pattern.compile("width=\"(\\d+)").matcher(svg);
        assertThat(matcher.find()).isTrue();
        return Integer.parseInt(matcher.group(1));
    }

    private static String report(Shape shape, int labels) {
        int values = shape.values();
        float[] centres = new float[2 * values];
        centres[values] = 1;
        PipelineName pipeline = PipelineName.parse("raw-kmeans-2");
        Model model = new Model(
                ModelName.main("raw"),
                shape,
                new IdentityEncoder(values),
                Optional.empty(),
                Map.of(pipeline, new Centroids(Matrix.of(2, values, centres), false)));
        Map<String, Snapshot> models =
                Map.of("raw", new Snapshot(model, new Provenance(512, Map.of(), 1, Map.of(), Map.of(), "test")));
        LabelIndex index = new LabelIndex(List.of());
        FinalScores scores = new FinalScores(index, models, _ -> true);
        Samples samples = new Samples(index, models, _ -> true);
        for (int i = 0; i < 3 * Math.max(labels, 10); i++) {
            float[] floats = new float[values];
            LabelledImage image = image(shape, i, labels);
            image.image().values().toFloats(floats, 0);
            scores.add(image, floats);
            samples.add("image-" + i, image, floats);
        }
        Dataset dataset = new Dataset("theirs", shape, List.of());
        Report report = new Report(
                List.of(),
                List.of(),
                new Report.StreamFigures(
                        30, Map.of(), 30, 0, 1, 30, new Report.LatencyMillis(1, 2), OptionalDouble.empty()));
        return HtmlReport.text(new Findings(dataset, index.names(), report, models, Map.of(), samples, scores));
    }

    private static LabelledImage image(Shape shape, int i, int labels) {
        ByteBuffer raw = ByteBuffer.allocate(shape.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        if (shape instanceof Shape.Vector) {
            raw.putFloat(i % 2);
        } else {
            raw.put((byte) (i % 2 * 255));
        }
        Split split = i % 5 == 4 ? Split.TEST : Split.TRAIN;
        Optional<Label> label =
                labels == 0 ? Optional.empty() : Optional.of(new Label("label " + i % labels, OptionalInt.empty()));
        return new LabelledImage(new Image(split, 0, ImageValues.of(shape, raw.array())), label);
    }

    private static List<BufferedImage> pictures(String report) throws IOException {
        List<BufferedImage> pictures = new ArrayList<>();
        Matcher matcher = PICTURE.matcher(report.replace("&#61;", "=").replace("&#43;", "+"));
        while (matcher.find()) {
            pictures.add(
                    ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(matcher.group(1)))));
        }
        return pictures;
    }
}
