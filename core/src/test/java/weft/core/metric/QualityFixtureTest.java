package weft.core.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Compares with scikit-learn's and SciPy's figures; `src/test/python/metric_fixtures.py` prints the fixture.
class QualityFixtureTest {
    private static final Offset<Double> EXACT = within(1e-9);
    private static final ObjectMapper MAPPER = new ObjectMapper();

    static Stream<Named<JsonNode>> cases() throws IOException {
        try (InputStream fixture =
                Objects.requireNonNull(QualityFixtureTest.class.getResourceAsStream("quality.json"), "quality.json")) {
            List<Named<JsonNode>> cases = new ArrayList<>();
            MAPPER.readTree(fixture)
                    .forEach(one -> cases.add(Named.of(one.required("name").asText(), one)));
            return cases.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithScikitLearn(JsonNode expected) throws IOException {
        long[][] rows = MAPPER.treeToValue(expected.required("table"), long[][].class);

        Quality quality = Quality.of(ContingencyTable.of(rows));

        assertThat(quality.accuracy()).isCloseTo(figure(expected, "accuracy"), EXACT);
        assertThat(quality.accuracyHungarian()).isCloseTo(figure(expected, "accuracyHungarian"), EXACT);
        assertThat(quality.homogeneity()).isCloseTo(figure(expected, "homogeneity"), EXACT);
        assertThat(quality.completeness()).isCloseTo(figure(expected, "completeness"), EXACT);
        assertThat(quality.vMeasure()).isCloseTo(figure(expected, "vMeasure"), EXACT);
        assertThat(quality.nmi()).isCloseTo(figure(expected, "nmi"), EXACT);
        assertThat(quality.ari()).isCloseTo(figure(expected, "ari"), EXACT);
    }

    private static double figure(JsonNode expected, String name) {
        return expected.required(name).asDouble();
    }
}
