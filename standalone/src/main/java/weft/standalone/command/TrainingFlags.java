package weft.standalone.command;

import java.util.List;
import picocli.CommandLine.Option;
import weft.core.model.PipelineName;
import weft.core.service.UserError;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.autoencoder.Optimiser;
import weft.trainer.cluster.Follow;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.TrainingOptions;

/// How models are trained.
final class TrainingFlags {
    @Option(
            names = "--layers",
            split = "-",
            defaultValue = "784-32",
            paramLabel = "N",
            description = "Layers of the encoder (default: ${DEFAULT-VALUE})")
    private List<Integer> layers = List.of();

    @Option(
            names = "--optimiser",
            defaultValue = "adam",
            paramLabel = "NAME",
            description = "adam or adadelta (default: ${DEFAULT-VALUE})")
    private Optimiser optimiser = Optimiser.ADAM;

    @Option(
            names = "--learning-rate",
            defaultValue = "0.002",
            paramLabel = "RATE",
            description = "Of the optimiser (default: ${DEFAULT-VALUE})")
    private double learningRate;

    @Option(
            names = "--learning-rate-half-life",
            defaultValue = "0",
            paramLabel = "STEPS",
            description = "Mini-batches after which the learning rate has halved, down to a hundredth; "
                    + "0: it stays (default: ${DEFAULT-VALUE})")
    private long halfLife;

    @Option(
            names = "--noise",
            defaultValue = "0",
            paramLabel = "SHARE",
            description = "Denoising: the share of pixels put out before an image is encoded "
                    + "(default: ${DEFAULT-VALUE})")
    private double noise;

    @Option(
            names = "--follow",
            defaultValue = "transport",
            paramLabel = "HOW",
            description = "How clusters keep up with the autoencoder: transport, decay or refit "
                    + "(default: ${DEFAULT-VALUE})")
    private Follow follow = Follow.TRANSPORT;

    @Option(names = "--normalise-codes", description = "Scale codes to length 1 before k-means")
    private boolean normaliseCodes;

    @Option(
            names = "--batch",
            defaultValue = "64",
            paramLabel = "N",
            description = "Images of a mini-batch (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--publish-every",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Training images between two snapshots (default: ${DEFAULT-VALUE})")
    private int publishEvery;

    @Option(
            names = "--publish-seconds",
            defaultValue = "10",
            paramLabel = "S",
            description = "A slow stream publishes after so long all the same (default: ${DEFAULT-VALUE})")
    private int publishSeconds;

    List<ModelPlan> plans(List<PipelineName> pipelines, long seed) {
        try {
            return ModelPlan.of(
                    pipelines,
                    new TrainingOptions(
                            new AutoencoderSettings(layers, optimiser, learningRate, halfLife, noise, seed),
                            follow,
                            normaliseCodes,
                            batch,
                            publishEvery,
                            publishSeconds));
        } catch (IllegalArgumentException fault) {
            throw new UserError(String.valueOf(fault.getMessage()), fault);
        }
    }
}
