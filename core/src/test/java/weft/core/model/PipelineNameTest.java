package weft.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.model.PipelineName.Algorithm;

class PipelineNameTest {
    @ParameterizedTest
    @ValueSource(strings = {"raw-kmeans-2", "raw-kmeans-1024", "ae-kmeans-10", "ae-gmm-2", "ae-gmm-64"})
    void roundTrips(String name) {
        assertThat(PipelineName.parse(name)).hasToString(name);
    }

    @Test
    void hasTheThreeParts() {
        assertThat(PipelineName.parse("ae-gmm-10")).isEqualTo(new PipelineName("ae", Algorithm.GMM, 10));
        assertThat(PipelineName.parse("raw-kmeans-32")).isEqualTo(new PipelineName("raw", Algorithm.KMEANS, 32));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "kmeans-10",
                "raw-kmeans",
                "raw-kmeans-",
                "raw-kmeans--3",
                "raw-kmeans-1.5",
                "raw-dbscan-10",
                "pca-kmeans-10",
                "RAW-KMEANS-10",
                " raw-kmeans-10",
                "raw-kmeans-10\n",
                "raw-kmeans-9999999999"
            })
    void refusesWhatIsNoPipeline(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PipelineName.parse(name))
                .withMessage(
                        "unknown pipeline '" + name + "': raw-kmeans-K, ae-kmeans-K or ae-gmm-K with K from 2 to 1024");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    raw-kmeans-0    | k must be 2 to 1024, not 0
                    raw-kmeans-1    | k must be 2 to 1024, not 1
                    ae-kmeans-1025  | k must be 2 to 1024, not 1025
                    ae-gmm-1        | k must be 2 to 1024, not 1
                    ae-gmm-65       | a mixture has at most 64 components, not 65
                    raw-gmm-10      | a mixture needs an encoder (ae-gmm-10): full covariances of raw pixels do not fit into a snapshot
                    """)
    void refusesSizesThatWouldNotDo(String name, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PipelineName.parse(name))
                .withMessage("pipeline '" + name + "': " + reason);
    }
}
