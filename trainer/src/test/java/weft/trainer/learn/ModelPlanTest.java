package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.image.Shape;

class ModelPlanTest {
    private static final TrainingOptions DEFAULTS = TrainingOptions.defaults(3);

    @Test
    void groupsPipelinesByTheirModelInTheUsersOrder() {
        List<ModelPlan> plans = plans("ae-gmm-10 raw-kmeans-10 ae-kmeans-10 ae-gmm-10 ae-kmeans-7@wide");

        assertThat(plans).extracting(plan -> plan.model().toString()).containsExactly("ae", "raw", "ae@wide");
        assertThat(plans.getFirst().pipelines())
                .extracting(Object::toString)
                .containsExactly("ae-gmm-10", "ae-kmeans-10");
        assertThat(plans.getFirst().recipe().codeSize()).isEqualTo(32);
        assertThat(plans.get(1).recipe().codeSize()).isEqualTo(784);
    }

    @ParameterizedTest
    @CsvSource({"raw-kmeans-10, 10000, 10", "ae-kmeans-63, 10000, 63", "ae-kmeans-64, 20000, 64"})
    void manyClustersGetALongWindow(String pipeline, int window, int fewest) {
        ModelPlan plan = Plans.of(pipeline);

        assertThat(plan.window()).isEqualTo(window);
        assertThat(plan.fewestImages()).isEqualTo(fewest);
    }

    @Test
    void aWindowOfLargeImagesIsBounded() {
        ModelPlan plan = Plans.all("raw-kmeans-10", DEFAULTS, Map.of(), new Shape.Image(128, 128, 1))
                .getFirst();

        assertThat(plan.window()).isEqualTo(2_048);
    }

    @Test
    void theFingerprintTellsApartWhatGivesAnotherResult() {
        Set<String> ae = Stream.of(
                        Map.<String, String>of(),
                        Map.of("layers", "784-100-32"),
                        Map.of("optimiser", "adadelta"),
                        Map.of("learning-rate", "1e-3"),
                        Map.of("learning-rate-half-life", "9"),
                        Map.of("noise", ".1"),
                        Map.of("follow", "decay"),
                        Map.of("follow", "refit"),
                        Map.of("normalise-codes", "true"))
                .map(given -> Plans.of("ae-kmeans-10", given).fingerprint())
                .collect(Collectors.toSet());
        Stream.of(
                        TrainingOptions.defaults(4),
                        new TrainingOptions(3, 128, 2_000, 10),
                        new TrainingOptions(3, 64, 3_000, 10))
                .map(options -> Plans.all("ae-kmeans-10", options, Map.of(), Plans.GREY)
                        .getFirst()
                        .fingerprint())
                .forEach(ae::add);

        assertThat(ae).hasSize(12);
        assertThat(ae).doesNotContain(Plans.of("ae-kmeans-11").fingerprint());
    }

    /// What a checkpoint of an earlier release says.
    @Test
    void theFingerprintStaysAsItWas() {
        assertThat(Plans.of("ae-kmeans-10").fingerprint())
                .isEqualTo("ae seed=3 {batch=64, follow=transport, layers=784-32, learning.rate=0.002, "
                        + "learning.rate.half.life=0, noise=0.0, normalised=false, optimiser=adam, "
                        + "pipelines=ae-kmeans-10, publish.every=2000, window=10000}");
    }

    @Test
    void howLongASlowStreamWaitsChangesNoResult() {
        ModelPlan patient = Plans.all("ae-kmeans-10", new TrainingOptions(3, 64, 2_000, 99), Map.of(), Plans.GREY)
                .getFirst();

        assertThat(patient.fingerprint()).isEqualTo(Plans.of("ae-kmeans-10").fingerprint());
    }

    @Test
    void refusesAModelWithoutPipelines() {
        ModelPlan plan = Plans.of("raw-kmeans-2");
        assertThatThrownBy(() ->
                        new ModelPlan(plan.model(), plan.family(), List.of(), plan.shape(), DEFAULTS, plan.recipe()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model raw has no pipeline");
    }

    private static List<ModelPlan> plans(String pipelines) {
        return Plans.all(pipelines, DEFAULTS, Map.of(), Plans.GREY);
    }
}
