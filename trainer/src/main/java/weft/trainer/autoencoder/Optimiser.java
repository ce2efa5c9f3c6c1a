package weft.trainer.autoencoder;

import org.nd4j.linalg.learning.config.AdaDelta;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;

/// How a gradient becomes a step, with the constants that Keras uses.
public enum Optimiser {
    /// Adaptive moments (Kingma and Ba 2015), decays .9 and .999.
    ADAM,
    /// Adaptive learning rates (Zeiler 2012), decay .95; its steps are multiplied by the learning rate.
    ADADELTA;

    private static final double EPSILON = 1e-7;

    IUpdater updater(double learningRate) {
        return switch (this) {
            case ADAM -> new Adam(learningRate, .9, .999, EPSILON);
            case ADADELTA -> new AdaDelta(.95, EPSILON);
        };
    }

    /// What the updater's answer is still to be multiplied by.
    double scale(double learningRate) {
        return switch (this) {
            case ADAM -> 1;
            case ADADELTA -> learningRate;
        };
    }
}
