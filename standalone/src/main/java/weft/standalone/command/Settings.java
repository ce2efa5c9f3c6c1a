package weft.standalone.command;

import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import weft.kafka.service.UserError;

/// Where an option that is not on the command line comes from: the environment, then a properties file.
final class Settings implements IDefaultValueProvider {
    private static final String PREFIX = "WEFT_";
    private static final String FILE = "WEFT_CONFIG";

    /// Read by the launcher, before this process.
    private static final Set<String> LAUNCHERS = Set.of(FILE, "WEFT_JAVA_OPTS", "WEFT_AOT");

    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\u00A0]");

    private final Map<String, String> environment;
    private final Properties file;

    private Settings(Map<String, String> environment, Properties file) {
        this.environment = Map.copyOf(environment);
        this.file = file;
    }

    /// Reads the file that `WEFT_CONFIG` names, if it names one.
    ///
    /// @throws UserError where it cannot be read
    static Settings load(Map<String, String> environment) {
        Map<String, String> settings = environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith(PREFIX) && !ServiceLinks.isOne(variable))
                // A file of variables with blanks or Windows line ends leaves them here.
                .collect(Collectors.toMap(
                        Map.Entry::getKey, variable -> variable.getValue().strip()));
        String name = settings.get(FILE);
        return new Settings(settings, name == null ? new Properties() : PropertiesFile.read(FILE, name));
    }

    /// Refuses what no subcommand knows, all at once.
    ///
    /// @param called with the subcommand that is called, which knows them as a rule
    /// @param all with all of them, asked where it does not
    /// @throws UserError that names every unknown setting
    void check(CommandLine called, Supplier<CommandLine> all) {
        if (unknown(called).isEmpty()) {
            return;
        }
        Set<String> unknown = unknown(all.get());
        if (!unknown.isEmpty()) {
            throw new UserError("unknown settings: " + String.join(", ", unknown));
        }
    }

    private Set<String> unknown(CommandLine line) {
        Set<String> known = new HashSet<>();
        line.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().options().forEach(option -> known.add(key(option))));
        Set<String> unknown = new TreeSet<>();
        for (String name : file.stringPropertyNames()) {
            if (!known.contains(name)) {
                unknown.add(shown(name) + " in " + environment.get(FILE));
            }
        }
        for (String name : environment.keySet()) {
            if (!LAUNCHERS.contains(name)
                    && known.stream().noneMatch(option -> variable(option).equals(name))) {
                unknown.add(name);
            }
        }
        return unknown;
    }

    /// A name as it can be seen: what no screen shows is written as its code.
    private static String shown(String name) {
        return INVISIBLE
                .matcher(name)
                .replaceAll(match -> String.format(
                        Locale.ROOT, "\\\\u%04x", (int) match.group().charAt(0)));
    }

    @Override
    public @Nullable String defaultValue(ArgSpec spec) {
        if (!(spec instanceof OptionSpec option)) {
            return null;
        }
        String key = key(option);
        String fromEnvironment = environment.get(variable(key));
        return fromEnvironment != null ? fromEnvironment : file.getProperty(key);
    }

    private static String key(OptionSpec option) {
        return option.longestName().replaceFirst("^-+", "");
    }

    private static String variable(String key) {
        return PREFIX + key.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
