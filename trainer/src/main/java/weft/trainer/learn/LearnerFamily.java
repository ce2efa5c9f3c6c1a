package weft.trainer.learn;

import java.util.List;
import weft.core.image.Shape;
import weft.core.model.ModelFamily;
import weft.core.model.PipelineName;

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
        /// How a model for images of a shape is trained.
        ///
        /// @param pipelines that it will have, at least one, each checked by [ModelFamily#check]
        /// @throws IllegalArgumentException where shape, pipelines and options do not go together
        Recipe on(Shape shape, List<PipelineName> pipelines);
    }
}
