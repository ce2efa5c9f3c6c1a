package weft.trainer.learn;

import java.util.List;
import weft.core.image.Shape;
import weft.core.model.ModelFamily;

/// The trainer's side of a family of models: its options, and how one is trained.
///
/// Adding a family is a package with one of these, and a line in the list of families of the `weft` command.
public interface LearnerFamily {
    /// The side that everybody else sees.
    ModelFamily model();

    /// The flags that it adds to the commands that train.
    List<FamilyOption> options();

    /// Reads its options.
    ///
    /// @param values of all families' options; it reads its own
    /// @throws IllegalArgumentException that names the bad one
    Configured configure(OptionValues values, long seed);

    /// A family with its options, before it is known what images it will meet.
    interface Configured {
        /// How models for images of a shape are trained.
        ///
        /// @throws IllegalArgumentException where the options do not fit the shape
        Recipe on(Shape shape);
    }
}
