package weft.trainer.learn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import weft.core.image.Shape;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;

/// What is to be trained, before it is known what images come: pipelines by their model, each with its family and
/// options.
public final class Trainings {
    private final Map<ModelName, List<PipelineName>> pipelines = new LinkedHashMap<>();
    private final Map<ModelName, LearnerFamily> families = new LinkedHashMap<>();
    private final Map<ModelName, LearnerFamily.Configured> configured = new LinkedHashMap<>();
    private final TrainingOptions options;

    /// @param chosen the pipelines; the models are in the order in which they name them
    /// @param families all that there are
    /// @param values of all families' options
    /// @throws IllegalArgumentException that names an option's bad value
    public Trainings(
            List<PipelineName> chosen, List<LearnerFamily> families, TrainingOptions options, OptionValues values) {
        this.options = options;
        for (PipelineName pipeline : new LinkedHashSet<>(chosen)) {
            pipelines.computeIfAbsent(pipeline.owner(), _ -> new ArrayList<>()).add(pipeline);
        }
        for (ModelName model : pipelines.keySet()) {
            LearnerFamily family = families.stream()
                    .filter(one -> one.model().name().equals(model.family()))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown family '" + model.family() + "'"));
            this.families.put(model, family);
            configured.put(model, family.configure(values, options.seed()));
        }
    }

    /// The plans for images of a shape, one for each model.
    ///
    /// @throws IllegalArgumentException where options, pipelines and shape do not go together
    public List<ModelPlan> plans(Shape shape) {
        List<ModelPlan> plans = new ArrayList<>();
        configured.forEach((model, family) -> plans.add(new ModelPlan(
                model,
                Objects.requireNonNull(families.get(model)).model(),
                Objects.requireNonNull(pipelines.get(model)),
                shape,
                options,
                family.on(shape, Objects.requireNonNull(pipelines.get(model))))));
        return plans;
    }
}
