package weft.standalone.command;

import java.util.concurrent.Callable;
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
        subcommands = {
            UpCommand.class,
            BrokerCommand.class,
            TopicsCommand.class,
            ProduceCommand.class,
            TrainCommand.class,
            ScoreCommand.class,
            MonitorCommand.class,
            EvaluateCommand.class,
            ReportCommand.class,
            TailCommand.class,
            EventsCommand.class,
            ClustersCommand.class,
            VersionsCommand.class,
            RollbackCommand.class,
            FollowCommand.class,
            ChallengeCommand.class,
            PromoteCommand.class
        },
        footer = {
            "",
            "Every option can also be set as WEFT_<OPTION> in the environment (--kafka-port: WEFT_KAFKA_PORT)",
            "or in the properties file that WEFT_CONFIG names (kafka-port=9192); a flag wins over both."
        })
public final class WeftCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(WeftCommand.class);
    private static final int FAILED = 1;
    private static final int WRONG = 2;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /// Parses and runs; the answer is the exit code.
    public static int execute(String... args) {
        CommandLine line = line();
        line.setParameterExceptionHandler(WeftCommand::wrong);
        line.setExecutionExceptionHandler((fault, _, _) -> failed(fault));
        try {
            Settings settings = Settings.load(System.getenv());
            settings.check(line);
            line.setDefaultValueProvider(settings);
        } catch (UserError fault) {
            return failed(fault);
        }
        return line.execute(args);
    }

    static CommandLine line() {
        CommandLine line = new CommandLine(new WeftCommand());
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
