package weft.kafka.family;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.model.ModelFamilies;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;

class PipelineNameTest {
    private static final ModelFamilies FAMILIES = new ModelFamilies(List.of(new RawFamily(), new AutoencoderFamily()));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "raw-kmeans-2",
                "raw-kmeans-1024",
                "ae-kmeans-10",
                "ae-gmm-2",
                "ae-gmm-64",
                "ae-kmeans-10@wide",
                "raw-kmeans-10@2026-11-25"
            })
    void roundTrips(String name) {
        assertThat(FAMILIES.pipeline(name)).hasToString(name);
        assertThat(ModelName.parse(FAMILIES.pipeline(name).model()))
                .isEqualTo(FAMILIES.pipeline(name).owner());
    }

    @Test
    void hasItsParts() {
        assertThat(PipelineName.parse("ae-gmm-10")).isEqualTo(new PipelineName(ModelName.main("ae"), "gmm", 10));
        assertThat(PipelineName.parse("raw-kmeans-32@b"))
                .isEqualTo(new PipelineName(new ModelName("raw", "b"), "kmeans", 32));
        assertThat(PipelineName.parse("raw-kmeans-32@b").model()).isEqualTo("raw@b");
    }

    @Test
    void theMainRunHasNoNameOfItsOwn() {
        assertThat(PipelineName.parse("ae-gmm-10@main")).hasToString("ae-gmm-10");
        assertThat(PipelineName.parse("ae-gmm-10").of("wide")).hasToString("ae-gmm-10@wide");
        assertThat(ModelName.parse("ae@main")).hasToString("ae");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "raw-kmeans",
                "raw-kmeans-",
                "raw-kmeans--3",
                "raw-kmeans-1.5",
                "RAW-KMEANS-10",
                " raw-kmeans-10",
                "raw-kmeans-10\n",
                "raw-kmeans-9999999999",
                "raw-kmeans-10@",
                "raw-kmeans-10@Wide",
                "raw-kmeans-10@a@b",
                "raw-kmeans-10@-a"
            })
    void refusesWhatIsNoPipeline(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PipelineName.parse(name))
                .withMessage("unknown pipeline '" + name
                        + "': a pipeline is called FAMILY-CLUSTERER-K or FAMILY-K, of a run that has a name with @RUN behind it, "
                        + "with K from 2 to 1024");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    raw-kmeans-0    | pipeline 'raw-kmeans-0': k must be 2 to 1024, not 0
                    raw-kmeans-1    | pipeline 'raw-kmeans-1': k must be 2 to 1024, not 1
                    ae-kmeans-1025  | pipeline 'ae-kmeans-1025': k must be 2 to 1024, not 1025
                    ae-gmm-65       | pipeline 'ae-gmm-65': gmm of family ae has at most 64 clusters, not 65
                    raw-gmm-10      | unknown pipeline 'raw-gmm-10': family raw offers raw-kmeans-K
                    raw-dbscan-10   | unknown pipeline 'raw-dbscan-10': family raw offers raw-kmeans-K
                    kmeans-10       | unknown pipeline 'kmeans-10': raw-kmeans-K, ae-kmeans-K, ae-gmm-K with K from 2 to 1024
                    raw-10          | unknown pipeline 'raw-10': family raw offers raw-kmeans-K
                    pca-kmeans-10   | unknown pipeline 'pca-kmeans-10': raw-kmeans-K, ae-kmeans-K, ae-gmm-K with K from 2 to 1024
                    """)
    void itsFamilySaysWhatItOffers(String name, String reason) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FAMILIES.pipeline(name))
                .withMessage(reason);
    }
}
