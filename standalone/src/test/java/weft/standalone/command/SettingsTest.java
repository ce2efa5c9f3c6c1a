package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import weft.core.service.UserError;

class SettingsTest {
    private final CommandLine line = new CommandLine(new WeftCommand());

    @TempDir
    private Path folder;

    @Test
    void theEnvironmentWinsOverTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("weft.properties"), "kafka-port=9192\nseed=7\n");
        Settings settings = Settings.load(Map.of("WEFT_CONFIG", file.toString(), "WEFT_KAFKA_PORT", "9292"));
        settings.check(line);
        assertThat(settings.defaultValue(option("up", "--kafka-port"))).isEqualTo("9292");
        assertThat(settings.defaultValue(option("up", "--seed"))).isEqualTo("7");
        assertThat(settings.defaultValue(option("up", "--epochs"))).isNull();
    }

    @Test
    void everyUnknownSettingIsNamedAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("weft.properties"), "kafka-prot=9192\nsed=7\n");
        Settings settings = Settings.load(Map.of("WEFT_CONFIG", file.toString(), "WEFT_EPOCH", "3"));
        assertThatThrownBy(() -> settings.check(line))
                .isInstanceOf(UserError.class)
                .hasMessage("unknown settings: WEFT_EPOCH, kafka-prot in " + file + ", sed in " + file);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Settings.load(Map.of("WEFT_CONFIG", "/no/such/file")))
                .isInstanceOf(UserError.class)
                .hasMessage("WEFT_CONFIG names /no/such/file, which cannot be read");
    }

    private ArgSpec option(String command, String name) {
        return Objects.requireNonNull(line.getSubcommands().get(command))
                .getCommandSpec()
                .findOption(name);
    }
}
