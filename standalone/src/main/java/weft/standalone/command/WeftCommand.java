package weft.standalone.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import weft.kafka.service.Faults;
import weft.kafka.service.UserError;
import weft.kafka.service.Version;

/// The command with its subcommands, and how faults are told: one line, never a stack trace.
@Command(
        name = "weft",
        description = "Clusters a stream of images while it flows.",
        mixinStandardHelpOptions = true,
        versionProvider = WeftCommand.Versions.class,
        footer = {
            "",
            "Every option can also be set as WEFT_<OPTION> in the environment (--kafka-port: WEFT_KAFKA_PORT)",
            "or in the properties file that WEFT_CONFIG names (kafka-port=9192); a flag wins over both."
        })
public final class WeftCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(WeftCommand.class);
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    /// By their names, in the order of the help.
    static final SequencedMap<String, Supplier<Object>> SUBCOMMANDS = subcommands();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Parses and runs; the answer is the exit code.
    public static int execute(String... args) {
        CommandLine line = line(args);
        line.setParameterExceptionHandler(WeftCommand::wrong);
        line.setExecutionExceptionHandler((fault, _, _) -> failed(fault));
        try {
            Settings settings = Settings.load(System.getenv());
            settings.check(line, () -> WeftCommand.line());
            line.setDefaultValueProvider(settings);
        } catch (UserError fault) {
            return failed(fault);
        }
        return line.execute(args);
    }

    private static SequencedMap<String, Supplier<Object>> subcommands() {
        SequencedMap<String, Supplier<Object>> all = new LinkedHashMap<>();
        all.put("up", UpCommand::new);
        all.put("broker", BrokerCommand::new);
        all.put("topics", TopicsCommand::new);
        all.put("produce", ProduceCommand::new);
        all.put("train", TrainCommand::new);
        all.put("score", ScoreCommand::new);
        all.put("monitor", MonitorCommand::new);
        all.put("evaluate", EvaluateCommand::new);
        all.put("report", ReportCommand::new);
        all.put("tail", TailCommand::new);
        all.put("events", EventsCommand::new);
        all.put("clusters", ClustersCommand::new);
        all.put("versions", VersionsCommand::new);
        all.put("rollback", RollbackCommand::new);
        all.put("follow", FollowCommand::new);
        all.put("challenge", ChallengeCommand::new);
        all.put("promote", PromoteCommand::new);
        return all;
    }

    /// With the subcommand alone that is called, or with all: to look at the options of all of them takes as long as
    /// the JVM's start.
    static CommandLine line(String... args) {
        Supplier<Object> called = args.length == 0 ? null : SUBCOMMANDS.get(args[0]);
        return line(called == null ? SUBCOMMANDS : Map.of(args[0], called));
    }

    private static CommandLine line(Map<String, Supplier<Object>> subcommands) {
        CommandLine line = new CommandLine(new WeftCommand());
        subcommands.forEach((name, subcommand) -> line.addSubcommand(name, subcommand.get()));
        TrainingFlags.addFamilyOptions(line);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.registerConverter(weft.producer.replay.Order.class, Converters::order);
        line.registerConverter(weft.core.model.PipelineName.class, Converters::pipeline);
        line.registerConverter(weft.core.model.ModelName.class, Converters::model);
        line.registerConverter(weft.kafka.wire.StreamEvent.Kind.class, Converters::kind);
        line.registerConverter(weft.producer.drift.Drift.class, Converters::drift);
        line.registerConverter(ByteSize.class, Converters::size);
        line.registerConverter(java.time.Duration.class, Converters::duration);
        return line;
    }

    @Override
    public Integer call() {
        spec.commandLine().usage(System.out);
        return 0;
    }

    private static int wrong(ParameterException fault, String[] args) {
        System.err.println("weft: " + Faults.line(new UserError(String.valueOf(fault.getMessage()))) + " (weft "
                + subcommand(fault.getCommandLine()) + "--help)");
        return WRONG;
    }

    private static String subcommand(CommandLine line) {
        return line.getParent() == null ? "" : line.getCommandName() + " ";
    }

    private static int failed(Exception fault) {
        LOG.debug("the command ended with", fault);
        System.err.println("weft: " + Faults.line(fault));
        return fault instanceof UserError ? WRONG : FAILED;
    }

    /// Tells the version that the build wrote into the jar.
    static final class Versions implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"weft " + Version.current()};
        }
    }
}
