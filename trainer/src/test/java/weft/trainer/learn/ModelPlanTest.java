package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import weft.core.model.PipelineName;
import weft.core.model.PipelineName.Algorithm;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.autoencoder.Optimiser;
import weft.trainer.cluster.Follow;

class ModelPlanTest {
    private static final AutoencoderSettings STANDARD = AutoencoderSettings.standard(3);
    private static final TrainingOptions DEFAULTS = TrainingOptions.defaults(3);

    @Test
    void groupsPipelinesByTheirModelInTheUsersOrder() {
        List<ModelPlan> plans = plans(DEFAULTS, "ae-gmm-10", "raw-kmeans-10", "ae-kmeans-10", "ae-gmm-10");

        assertThat(plans).extracting(ModelPlan::model).containsExactly("ae", "raw");
        assertThat(plans.getFirst().pipelines())
                .extracting(Object::toString)
                .containsExactly("ae-gmm-10", "ae-kmeans-10");
        assertThat(plans.getFirst().hasNetwork()).isTrue();
        assertThat(plans.getFirst().follow()).isEqualTo(Follow.TRANSPORT);
        assertThat(plans.getFirst().codeSize()).isEqualTo(32);
        assertThat(plans.getLast().follow()).isEqualTo(Follow.STILL);
        assertThat(plans.getLast().codeSize()).isEqualTo(784);
    }

    @ParameterizedTest
    @CsvSource({"raw-kmeans-10, 10000, 10", "ae-kmeans-63, 10000, 63", "ae-kmeans-64, 20000, 64"})
    void manyClustersGetALongWindow(String pipeline, int window, int fewest) {
        ModelPlan plan = plans(DEFAULTS, pipeline).getFirst();

        assertThat(plan.window()).isEqualTo(window);
        assertThat(plan.fewestImages()).isEqualTo(fewest);
    }

    @Test
    void onlyKMeansOnANetworkIsNormalised() {
        TrainingOptions normalised = new TrainingOptions(STANDARD, Follow.TRANSPORT, true, 64, 2_000, 10);

        ModelPlan ae = plans(normalised, "ae-kmeans-10").getFirst();
        assertThat(ae.normalised(Algorithm.KMEANS)).isTrue();
        assertThat(ae.normalised(Algorithm.GMM)).isFalse();
        assertThat(plans(normalised, "raw-kmeans-10").getFirst().normalised(Algorithm.KMEANS))
                .isFalse();
        assertThat(plans(DEFAULTS, "ae-kmeans-10").getFirst().normalised(Algorithm.KMEANS))
                .isFalse();
    }

    @Test
    void theFingerprintTellsApartWhatGivesAnotherResult() {
        Set<String> ae = Stream.of(
                        DEFAULTS,
                        TrainingOptions.defaults(4),
                        with(new AutoencoderSettings(List.of(784, 100, 32), Optimiser.ADAM, 2e-3, 0, 0, 3)),
                        with(new AutoencoderSettings(List.of(784, 32), Optimiser.ADADELTA, 2e-3, 0, 0, 3)),
                        with(new AutoencoderSettings(List.of(784, 32), Optimiser.ADAM, 1e-3, 0, 0, 3)),
                        with(new AutoencoderSettings(List.of(784, 32), Optimiser.ADAM, 2e-3, 9, 0, 3)),
                        with(new AutoencoderSettings(List.of(784, 32), Optimiser.ADAM, 2e-3, 0, .1, 3)),
                        new TrainingOptions(STANDARD, Follow.DECAY, false, 64, 2_000, 10),
                        new TrainingOptions(STANDARD, Follow.REFIT, false, 64, 2_000, 10),
                        new TrainingOptions(STANDARD, Follow.TRANSPORT, true, 64, 2_000, 10),
                        new TrainingOptions(STANDARD, Follow.TRANSPORT, false, 128, 2_000, 10),
                        new TrainingOptions(STANDARD, Follow.TRANSPORT, false, 64, 3_000, 10))
                .map(options -> plans(options, "ae-kmeans-10").getFirst().fingerprint())
                .collect(Collectors.toSet());

        assertThat(ae).hasSize(12);
        assertThat(ae).doesNotContain(plans(DEFAULTS, "ae-kmeans-11").getFirst().fingerprint());
    }

    @Test
    void howLongASlowStreamWaitsChangesNoResult() {
        TrainingOptions patient = new TrainingOptions(STANDARD, Follow.TRANSPORT, false, 64, 2_000, 99);

        assertThat(plans(patient, "ae-kmeans-10").getFirst().fingerprint())
                .isEqualTo(plans(DEFAULTS, "ae-kmeans-10").getFirst().fingerprint());
    }

    @Test
    void refusesAModelWithoutPipelines() {
        assertThatThrownBy(() -> new ModelPlan("raw", List.of(), DEFAULTS))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("model raw has no pipeline");
    }

    private static TrainingOptions with(AutoencoderSettings autoencoder) {
        return new TrainingOptions(autoencoder, Follow.TRANSPORT, false, 64, 2_000, 10);
    }

    private static List<ModelPlan> plans(TrainingOptions options, String... pipelines) {
        return ModelPlan.of(Arrays.stream(pipelines).map(PipelineName::parse).toList(), options);
    }
}
