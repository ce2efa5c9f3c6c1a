package weft.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.kafka.service.UserError;
import weft.producer.dataset.LabelledImages;

/// What trainers and scorers take so far: 28 x 28 grey images of ten classes. It goes when they take the shape and the
/// labels of any data set: everything else would be a stream of dead letters.
final class LearnableToday {
    private static final Shape SHAPE = new Shape.Image(28, 28, 1);
    private static final String LABEL = "[0-9]";

    private LearnableToday() {}

    static LabelledImages check(Path folder, LabelledImages images) {
        Shape shape = images.describe().shape();
        if (!shape.equals(SHAPE)) {
            throw new UserError(folder + ": has images of " + shape + ", and only 28x28 can be learnt from so far"
                    + " (--shape 28x28 scales pictures)");
        }
        for (Split split : Split.values()) {
            for (int i = 0; i < images.size(split); i++) {
                Optional<String> label = images.label(split, i);
                if (label.isPresent() && !label.get().matches(LABEL)) {
                    throw new UserError(folder + ": label '" + label.get() + "' of " + split.id() + " image " + i
                            + ": labels can only be 0 to 9, or at most ten class names, so far");
                }
            }
        }
        return images;
    }
}
