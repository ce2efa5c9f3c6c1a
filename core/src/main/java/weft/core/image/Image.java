package weft.core.image;

/// One image of the stream as training sees it: it has no label, so that none can leak.
///
/// @param split it belongs to
/// @param epoch of the replay, from 0
public record Image(Split split, int epoch, ImageValues values) {
    public Image {
        if (epoch < 0) {
            throw new IllegalArgumentException("epoch must be at least 0, not " + epoch);
        }
    }
}
