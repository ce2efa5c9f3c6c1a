package weft.evaluation;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;

/// The final models over the whole log; its JSON has these very names.
///
/// @param pipelines in the models' order
public record Report(List<PipelineFigures> pipelines, List<ModelFigures> models, StreamFigures stream) {
    public Report {
        pipelines = List.copyOf(pipelines);
        models = List.copyOf(models);
    }

    /// One pipeline on the three kinds of evidence, which are never mixed.
    ///
    /// @param train what the model was trained on
    /// @param test the test split; which class a cluster stands for comes from the train split
    /// @param prequential train images, each judged live by a model that had not been trained on it
    /// @param baseline batch k-means, where it was asked for
    public record PipelineFigures(
            String pipeline,
            String model,
            long modelVersion,
            int k,
            SplitFigures train,
            SplitFigures test,
            Optional<SplitFigures> prequential,
            Optional<BaselineFigures> baseline) {}

    /// A batch algorithm in the same encoder's space, for comparison.
    ///
    /// @param fittedOn train images that it was fitted on
    public record BaselineFigures(int fittedOn, SplitFigures train, SplitFigures test) {}

    /// Figures of one kind of evidence; one that has no meaning there is empty.
    ///
    /// @param inertia sum of squared distances in the clusterer's own space
    /// @param logLikelihood mean for an image, in nats
    /// @param bic Bayesian information criterion of a mixture on these images
    public record SplitFigures(
            long images,
            OptionalDouble accuracy,
            OptionalDouble accuracyHungarian,
            OptionalDouble homogeneity,
            OptionalDouble nmi,
            OptionalDouble ari,
            OptionalDouble inertia,
            OptionalDouble logLikelihood,
            OptionalDouble bic) {}

    /// One model.
    ///
    /// @param imagesSeen training images, every epoch counted
    /// @param validationLoss reconstruction loss on the test split, where there is a decoder
    /// @param validationLossName `bce` or `mse`
    public record ModelFigures(
            String model,
            long version,
            long imagesSeen,
            OptionalDouble validationLoss,
            Optional<String> validationLossName) {}

    /// Half of the latencies, and 99 of 100, are at most this.
    public record LatencyMillis(double p50, double p99) {}

    /// What went through.
    ///
    /// @param imagesProduced images on the images topic
    /// @param imagesTrained by model
    /// @param seconds from the first image's due time to the last assignment
    /// @param latencyMillis from an image's due time to its assignment
    /// @param secondsToFirstAssignment from the start of the command, or else from the first image's due time
    public record StreamFigures(
            long imagesProduced,
            Map<String, Long> imagesTrained,
            long assignments,
            long deadLetters,
            double seconds,
            double imagesPerSecond,
            LatencyMillis latencyMillis,
            OptionalDouble secondsToFirstAssignment) {
        public StreamFigures {
            imagesTrained = Collections.unmodifiableMap(new TreeMap<>(imagesTrained));
        }
    }
}
