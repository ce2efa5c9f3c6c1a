package weft.producer.replay;

import java.util.Locale;

/// In which order an epoch sends its images.
public enum Order {
    /// Another permutation in every epoch.
    SHUFFLED,
    /// As the files have them.
    FILE,
    /// Sorted by class: the cruellest stream for a learner.
    BY_CLASS;

    /// The name on the command line.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return id();
    }
}
