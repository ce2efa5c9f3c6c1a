package weft.standalone.command;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import weft.core.image.Shape;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.kafka.service.UserError;
import weft.standalone.Families;
import weft.trainer.drift.DriftOptions;
import weft.trainer.drift.OnDrift;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.OptionValues;
import weft.trainer.learn.TrainingOptions;
import weft.trainer.learn.Trainings;

/// How models are trained: what every training has, and what the families add.
final class TrainingFlags {
    @Option(
            names = "--run",
            defaultValue = ModelName.MAIN,
            paramLabel = "NAME",
            description = "Names this training, beside others of the same models: pipelines become ae-kmeans-10@NAME "
                    + "(default: ${DEFAULT-VALUE}, which no name tells)")
    private String run = ModelName.MAIN;

    @Option(
            names = "--batch",
            defaultValue = "64",
            paramLabel = "N",
            description = "Images of a mini-batch (default: ${DEFAULT-VALUE})")
    private int batch;

    @Option(
            names = "--publish-every",
            defaultValue = "2000",
            paramLabel = "N",
            description = "Training images between two snapshots; after the first 20000 images they wait for half a "
                    + "second to pass (default: ${DEFAULT-VALUE})")
    private int publishEvery;

    @Option(
            names = "--publish-seconds",
            defaultValue = "10",
            paramLabel = "S",
            description = "A slow stream publishes after so long all the same (default: ${DEFAULT-VALUE})")
    private int publishSeconds;

    @Option(
            names = "--drift-false-alarm-every",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "Images between two false alarms of a stream that does not change, on average and at least "
                    + "(default: ${DEFAULT-VALUE})")
    private long driftFalseAlarmEvery;

    @Option(
            names = "--on-drift",
            defaultValue = "report",
            paramLabel = "WHAT",
            description = "Once the stream has changed: report, forget what came before and remember less until it is "
                    + "stable again, or refit to what has come since (default: ${DEFAULT-VALUE})")
    private String onDrift = "report";

    @Option(
            names = "--history-bytes",
            defaultValue = "256MB",
            paramLabel = "SIZE",
            description = "What the versions of each model may take on their topic; the oldest that were never deployed"
                    + " go first (default: ${DEFAULT-VALUE})")
    private @Nullable ByteSize historyBytes;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    /// Gives every command that trains the options of the families.
    static void addFamilyOptions(CommandLine line) {
        for (CommandLine sub : line.getSubcommands().values()) {
            CommandSpec spec = sub.getCommandSpec();
            if (spec.mixins().values().stream().anyMatch(mixin -> mixin.userObject() instanceof TrainingFlags)) {
                options().forEach(option -> spec.addOption(spec(option)));
            }
        }
    }

    private static List<FamilyOption> options() {
        return Families.ALL.stream()
                .flatMap(family -> family.options().stream())
                .toList();
    }

    private static OptionSpec spec(FamilyOption option) {
        OptionSpec.Builder builder = OptionSpec.builder(name(option)).description(option.description());
        return option.isFlag()
                ? builder.type(boolean.class).arity("0").build()
                : builder.type(String.class)
                        .arity("1")
                        .paramLabel(option.label())
                        .defaultValue(option.defaultValue())
                        .build();
    }

    private static String name(FamilyOption option) {
        return "--" + option.name();
    }

    /// The pipelines as this run names them; one that names a run itself keeps it.
    ///
    /// @throws UserError where the run has no good name
    List<PipelineName> named(List<PipelineName> pipelines) {
        try {
            ModelName.checkRun(run);
        } catch (IllegalArgumentException fault) {
            throw new UserError("--run: " + fault.getMessage(), fault);
        }
        return pipelines.stream()
                .map(pipeline -> pipeline.owner().isMain() ? pipeline.of(run) : pipeline)
                .distinct()
                .toList();
    }

    /// What the versions of each model may take on their topic.
    long historyBytes() {
        return Objects.requireNonNull(historyBytes, "it has a default").bytes();
    }

    /// What is to be trained, all options checked.
    ///
    /// @throws UserError that names the first bad option
    Trainings trainings(List<PipelineName> pipelines, long seed) {
        Map<String, String> values = new HashMap<>();
        for (FamilyOption option : options()) {
            Object value = command.findOption(name(option)).getValue();
            values.put(option.name(), value == null ? option.defaultValue() : value.toString());
        }
        try {
            return new Trainings(
                    pipelines,
                    Families.ALL,
                    new TrainingOptions(
                            seed,
                            batch,
                            publishEvery,
                            publishSeconds,
                            new DriftOptions(driftFalseAlarmEvery, OnDrift.of(onDrift))),
                    new OptionValues(values));
        } catch (IllegalArgumentException fault) {
            throw new UserError(String.valueOf(fault.getMessage()), fault);
        }
    }

    /// The plans for images of a shape.
    ///
    /// @throws UserError where options, pipelines and shape do not go together
    static List<ModelPlan> plans(Trainings trainings, Shape shape) {
        try {
            return trainings.plans(shape);
        } catch (IllegalArgumentException fault) {
            throw new UserError(String.valueOf(fault.getMessage()), fault);
        }
    }
}
