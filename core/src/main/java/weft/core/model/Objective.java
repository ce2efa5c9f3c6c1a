package weft.core.model;

/// What a clusterer optimises, and how its answers are to be read.
///
/// @param runningFigure name of the mean over all images among the running figures
/// @param higherIsBetter whether it is maximised
/// @param score what the score of an assignment is
public record Objective(String runningFigure, boolean higherIsBetter, Score score) {
    /// The sum of the squared distances to the centres, as in k-means.
    public static final Objective INERTIA = new Objective("meanSquaredDistance", false, Score.DISTANCE);

    /// The log-likelihood of a mixture, in nats.
    public static final Objective LOG_LIKELIHOOD = new Objective("meanLogLikelihood", true, Score.PROBABILITY);

    /// How badly an image fits, more being worse, in a unit that differences make sense in: the distance, or what it
    /// lacks in likelihood or confidence.
    ///
    /// @param objective of one image, as [Clusterer.Pass#objective]
    public double strangeness(double objective) {
        return higherIsBetter ? -objective : Math.sqrt(objective);
    }

    /// What the score of an assignment is.
    public enum Score {
        /// How far the code lies from its centre: less is better.
        DISTANCE,
        /// How probable the cluster is, 0 to 1: more is better.
        PROBABILITY
    }
}
