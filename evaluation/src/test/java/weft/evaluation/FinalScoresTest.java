package weft.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.core.image.Label;
import weft.core.image.LabelIndex;
import weft.core.image.LabelledImage;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.math.Matrix;
import weft.core.model.BlockPass;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;

class FinalScoresTest {
    private static final Shape SHAPE = new Shape.Image(2, 2, 1);
    private static final PipelineName UNWANTED = PipelineName.parse("ae-kmeans-2");
    private static final int IMAGES = 4 * BlockPass.IMAGES + 17;

    private final SplittableRandom random = new SplittableRandom(5);
    private final LabelIndex labels = new LabelIndex(List.of());
    private final Map<PipelineName, Clusterer> clusterers = new HashMap<>();
    private final Map<String, Snapshot> models = new TreeMap<>(Map.of(
            "raw", model("raw", "raw-kmeans-3", "raw-kmeans-5"), "ae", model("ae", "ae-kmeans-4", "ae-kmeans-2")));
    private final FinalScores scores = new FinalScores(labels, models, pipeline -> !pipeline.equals(UNWANTED));
    private final Map<PipelineName, Tallies> oneByOne = new HashMap<>();

    private record Tallies(SplitTally train, SplitTally test) {
        static Tallies of(PipelineName pipeline) {
            return new Tallies(new SplitTally(pipeline.k()), new SplitTally(pipeline.k()));
        }

        SplitTally of(Split split) {
            return split == Split.TRAIN ? train : test;
        }
    }

    @Test
    void figuresAreThoseOfImagesThatAreScoredOneByOne() {
        add(IMAGES, 0);
        assertTheSame();

        // What has been read does not keep more from being counted.
        add(30, 0);
        assertTheSame();
    }

    @Test
    void laterEpochsCountNothing() {
        add(IMAGES, 1);

        assertThat(scores.figures(PipelineName.parse("raw-kmeans-3"), Split.TRAIN)
                        .images())
                .isZero();
    }

    @Test
    void whatIsNotWantedIsNotThere() {
        assertThat(scores.has(UNWANTED)).isFalse();
        assertThat(scores.has(PipelineName.parse("ae-kmeans-4"))).isTrue();
    }

    private void assertTheSame() {
        assertThat(oneByOne).hasSize(3);
        oneByOne.forEach((pipeline, tallies) -> {
            for (Split split : Split.values()) {
                assertThat(scores.figures(pipeline, split))
                        .as("%s %s", pipeline, split)
                        .isEqualTo(tallies.of(split)
                                .figures(tallies.train().table(), Objects.requireNonNull(clusterers.get(pipeline))));
                assertThat(scores.table(pipeline, split))
                        .isEqualTo(
                                tallies.of(split).table().resized(labels.names().size()));
            }
        });
    }

    private void add(int images, int epoch) {
        List<SnapshotPass> passes = new ArrayList<>();
        models.values().forEach(snapshot -> passes.add(new SnapshotPass(snapshot, one -> !one.equals(UNWANTED))));
        for (int i = 0; i < images; i++) {
            byte[] bytes = new byte[SHAPE.bytes()];
            random.nextBytes(bytes);
            Split split = i % 5 == 4 ? Split.TEST : Split.TRAIN;
            Optional<Label> label = i % 3 == 0
                    ? Optional.empty()
                    : Optional.of(new Label("class " + random.nextInt(6), OptionalInt.empty()));
            LabelledImage image = new LabelledImage(new Image(split, epoch, ImageValues.of(SHAPE, bytes)), label);
            float[] pixels = new float[SHAPE.values()];
            image.image().values().toFloats(pixels, 0);
            scores.add(image, pixels);
            passes.forEach(pass -> pass.score(
                    pixels,
                    (pipeline, assignment, objective) -> oneByOne.computeIfAbsent(pipeline, Tallies::of)
                            .of(split)
                            .add(assignment.cluster(), labels.of(label), objective)));
        }
    }

    private Snapshot model(String name, String... pipelines) {
        Map<PipelineName, Clusterer> ofModel = new HashMap<>();
        for (String one : pipelines) {
            PipelineName pipeline = PipelineName.parse(one);
            float[] centroids = new float[pipeline.k() * SHAPE.values()];
            for (int i = 0; i < centroids.length; i++) {
                centroids[i] = (float) random.nextDouble();
            }
            ofModel.put(pipeline, new Centroids(Matrix.of(pipeline.k(), SHAPE.values(), centroids), false));
        }
        Model model =
                new Model(ModelName.main(name), SHAPE, new IdentityEncoder(SHAPE.values()), Optional.empty(), ofModel);
        clusterers.putAll(ofModel);
        return new Snapshot(model, new Provenance(512, Map.of(), 1, Map.of(), Map.of(), "test"));
    }
}
