package weft.scorer.quality;

import java.util.Locale;

/// Which judgements a figure is made of; they are never mixed.
public enum Slice {
    /// Train split, judged by the newest snapshot that had not been trained on the image.
    PREQUENTIAL,
    /// Train split, judged by a snapshot that had been trained on the image.
    TRAINED,
    /// Test split, which no training sees.
    TEST,
    /// Train split, as the snapshot in use put it, trained on it or not: what clusters are named after, never
    /// how good they are.
    LIVE;

    /// The name in figures and metrics.
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }
}
