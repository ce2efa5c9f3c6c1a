package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.math.Vector;
import weft.core.model.Activation;
import weft.core.model.ClusterFacts;
import weft.core.model.DenseLayer;
import weft.core.model.PipelineName;
import weft.core.model.Ranks;
import weft.core.model.Spread;
import weft.core.model.Strangeness;
import weft.kafka.wire.proto.ClusterFactsMessage;

/// What a snapshot knows beside its model comes back as it was.
class FactsCodecTest {
    private static final PipelineName PIPELINE = PipelineName.parse("raw-kmeans-2");
    private static final Spread SPREAD = new Spread(Matrix.of(2, 11, new float[22]));

    @Test
    void strangenessComesBackAsItWas() {
        Shape shape = new Shape.Vector(2);
        Strangeness strangeness = new Strangeness(
                shape,
                new DenseLayer(
                        Matrix.of(2, 2, new float[] {1, 0.25f, -3, 1e-20f}),
                        new float[] {0.5f, -1},
                        Activation.IDENTITY),
                Matrix.of(1, 2, new float[] {4, 5}),
                Matrix.of(1, 3, new float[] {6, 7, 8}),
                Vector.of(-0.125));

        assertThat(FactsCodec.strangeness(FactsCodec.message(strangeness), shape))
                .isEqualTo(strangeness);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FactsCodec.strangeness(FactsCodec.message(strangeness), new Shape.Vector(3)))
                .withMessage("axes of 2 values do not fit to thumbnails of 3");
    }

    @Test
    void ranksComeBackAsTheyWere() {
        float[] quantiles = new float[20];
        quantiles[9] = 2.5f;
        quantiles[19] = -0.5f;
        for (int i = 10; i < 19; i++) {
            quantiles[i] = -1;
        }
        ClusterFacts facts = new ClusterFacts(
                SPREAD,
                List.of(0, 3),
                Optional.of(new Ranks(Matrix.of(2, 10, quantiles), Vector.of(0, 1, 2, 3, 4, 5, 6.25))));
        ClusterFactsMessage message = FactsCodec.message(PIPELINE, facts);

        assertThat(FactsCodec.facts(message)).isEqualTo(facts);
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> FactsCodec.facts(message.toBuilder().clearTail().build()))
                .withMessage("ranks have 10 quantiles of a cluster and 7 beyond, not 10 and 0");
    }

    /// As releases before wrote them.
    @Test
    void withoutRanksThereAreNone() {
        ClusterFacts facts = new ClusterFacts(SPREAD, List.of(1, 2));

        assertThat(FactsCodec.facts(FactsCodec.message(PIPELINE, facts))).isEqualTo(facts);
        assertThat(FactsCodec.message(PIPELINE, facts).hasRanks()).isFalse();
    }
}
