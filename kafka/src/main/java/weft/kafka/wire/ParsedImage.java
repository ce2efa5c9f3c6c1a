package weft.kafka.wire;

import java.util.Optional;
import weft.core.image.Label;
import weft.core.image.LabelledImage;

/// All that a record of the images topic says of its image.
///
/// @param label empty where nobody gave one
public record ParsedImage(TimedImage timed, Optional<Label> label) {
    /// The image with its label, for those who need no time.
    public LabelledImage labelled() {
        return new LabelledImage(timed.image(), label);
    }
}
