package weft.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.ClusterFacts;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelFamilies;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.core.model.Spread;
import weft.kafka.family.RawFamily;
import weft.kafka.service.UserError;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.Topics;
import weft.testing.MemoryKafka;

/// What versions know of their clusters.
class ClusterListingTest {
    private static final Topics TOPICS = new Topics("weft");
    private static final ModelName RAW = ModelName.main("raw");
    private static final PipelineName PIPELINE = PipelineName.parse("raw-kmeans-2");
    private static final SnapshotCodec CODEC = new SnapshotCodec(new ModelFamilies(List.of(new RawFamily())));

    private final MemoryKafka kafka = new MemoryKafka(TOPICS, 1);

    private void publish(long version, Map<PipelineName, ClusterFacts> facts) {
        Model model = new Model(
                RAW,
                new Shape.Image(2, 1, 1),
                new IdentityEncoder(2),
                Optional.empty(),
                new LinkedHashMap<>(Map.of(
                        PIPELINE, new Centroids(Matrix.of(2, 2, new float[] {0, 0.5f, 1, 0.25f}), false))));
        Snapshot snapshot =
                new Snapshot(model, new Provenance(version, Map.of(), 1, Map.of(), Map.of(), "test"), facts);
        kafka.put(TOPICS.models(), SnapshotKey.of(RAW, version).toString(), CODEC.encode(snapshot));
    }

    /// Quantiles 0, .5, 1, … of the first cluster, and ten times those of the second.
    private static Map<PipelineName, ClusterFacts> facts(int... generations) {
        float[] quantiles = new float[22];
        for (int i = 0; i < 11; i++) {
            quantiles[i] = 0.5f * i;
            quantiles[11 + i] = 5 * i;
        }
        return Map.of(
                PIPELINE,
                new ClusterFacts(
                        new Spread(Matrix.of(2, 11, quantiles)),
                        Arrays.stream(generations).boxed().toList()));
    }

    private List<String> lines(PipelineName pipeline, OptionalLong at, boolean centres) {
        return ClusterListing.lines(kafka, TOPICS, CODEC, pipeline, at, centres);
    }

    @Test
    void theNewestVersionIsToldWithGenerationsAndSpread() {
        publish(512, facts(0, 0));
        publish(2_048, facts(0, 3));

        assertThat(lines(PIPELINE, OptionalLong.empty(), false))
                .containsExactly(
                        "{\"pipeline\":\"raw-kmeans-2\",\"modelVersion\":2048,\"at\":\"1970-01-01T00:00:00.000Z\","
                                + "\"cluster\":0,\"generation\":0,\"spreadMedian\":2.5,\"spread98\":5.0}",
                        "{\"pipeline\":\"raw-kmeans-2\",\"modelVersion\":2048,\"at\":\"1970-01-01T00:00:00.000Z\","
                                + "\"cluster\":1,\"generation\":3,\"spreadMedian\":25.0,\"spread98\":50.0}");
    }

    @Test
    void anEarlierVersionIsToldTooWithItsCentres() {
        publish(512, facts(7, 0));
        publish(2_048, facts(8, 3));

        assertThat(lines(PIPELINE, OptionalLong.of(512), true).getFirst())
                .contains("\"modelVersion\":512", "\"generation\":7")
                .endsWith(",\"centre\":[0.0,0.5]}");
    }

    @Test
    void aVersionOfAnEarlyReleaseKnowsItsCentresAlone() {
        publish(512, Map.of());

        assertThat(lines(PIPELINE, OptionalLong.empty(), true).getLast())
                .isEqualTo("{\"pipeline\":\"raw-kmeans-2\",\"modelVersion\":512,"
                        + "\"at\":\"1970-01-01T00:00:00.000Z\",\"cluster\":1,\"centre\":[1.0,0.25]}");
    }

    @Test
    void whatIsNotThereIsNamed() {
        assertThatThrownBy(() -> lines(PIPELINE, OptionalLong.empty(), false))
                .isInstanceOf(UserError.class)
                .hasMessage("no version of model raw is on weft.models, nor of any other");

        publish(512, facts(0, 0));
        publish(2_048, facts(0, 0));
        assertThatThrownBy(() -> lines(PIPELINE, OptionalLong.of(1_000), false))
                .isInstanceOf(UserError.class)
                .hasMessage("version 1000 of model raw is not on weft.models, which keeps 2 from 512 to 2048"
                        + " (weft versions raw)");
        assertThatThrownBy(() -> lines(PipelineName.parse("raw-kmeans-64"), OptionalLong.empty(), false))
                .isInstanceOf(UserError.class)
                .hasMessage("version 2048 of model raw has no pipeline raw-kmeans-64, only raw-kmeans-2");
        assertThatThrownBy(() -> lines(PipelineName.parse("raw-kmeans-2@wide"), OptionalLong.empty(), false))
                .isInstanceOf(UserError.class)
                .hasMessage("no version of model raw@wide is on weft.models, only of raw");
    }

    @Test
    void aVersionThatCannotBeReadIsNamed() {
        kafka.put(TOPICS.models(), "raw/4096", new byte[] {1, 2, 3});

        assertThatThrownBy(() -> lines(PIPELINE, OptionalLong.empty(), false))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("version 4096 of model raw cannot be read: ");
    }
}
