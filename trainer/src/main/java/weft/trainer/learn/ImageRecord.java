package weft.trainer.learn;

import java.util.Optional;
import weft.core.image.Image;

/// One record of the images topic, as training sees it.
///
/// @param image empty where the record is no image
/// @param endsEpoch whether an epoch ends with it
public record ImageRecord(int partition, long offset, Optional<Image> image, boolean endsEpoch) {}
