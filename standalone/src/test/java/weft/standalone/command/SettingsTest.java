package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import weft.kafka.service.UserError;

class SettingsTest {
    private final CommandLine line = WeftCommand.line();

    @TempDir
    private Path folder;

    @Test
    void theEnvironmentWinsOverTheFile() throws Exception {
        Path file = Files.writeString(folder.resolve("weft.properties"), "kafka-port=9192\nseed=7\n");
        Settings settings = Settings.load(Map.of("WEFT_CONFIG", file.toString(), "WEFT_KAFKA_PORT", "9292"));
        settings.check(line, () -> line);
        assertThat(settings.defaultValue(option("up", "--kafka-port"))).isEqualTo("9292");
        assertThat(settings.defaultValue(option("up", "--seed"))).isEqualTo("7");
        assertThat(settings.defaultValue(option("up", "--epochs"))).isNull();
    }

    @Test
    void everyUnknownSettingIsNamedAtOnce() throws Exception {
        Path file = Files.writeString(folder.resolve("weft.properties"), "kafka-prot=9192\nsed=7\n");
        Settings settings = Settings.load(Map.of("WEFT_CONFIG", file.toString(), "WEFT_EPOCH", "3"));
        assertThatThrownBy(() -> settings.check(line, () -> line))
                .isInstanceOf(UserError.class)
                .hasMessage("unknown settings: WEFT_EPOCH, kafka-prot in " + file + ", sed in " + file);
    }

    /// A file for all services names options that the one which is called does not have.
    @Test
    void settingsOfOtherSubcommandsAreKnown() {
        CommandLine broker = WeftCommand.line("broker");
        assertThat(broker.getSubcommands()).containsOnlyKeys("broker");
        Settings.load(Map.of("WEFT_EPOCHS", "3")).check(broker, () -> WeftCommand.line());
        assertThatThrownBy(() -> Settings.load(Map.of("WEFT_EPOCHS", "3", "WEFT_EPOCH", "3"))
                        .check(broker, () -> WeftCommand.line()))
                .isInstanceOf(UserError.class)
                .hasMessage("unknown settings: WEFT_EPOCH");
    }

    @Test
    void everySubcommandIsCalledByItsName() {
        CommandLine all = WeftCommand.line();
        WeftCommand.SUBCOMMANDS.forEach((name, subcommand) -> {
            assertThat(subcommand.get().getClass().getAnnotation(Command.class).name())
                    .isEqualTo(name);
            assertThat(WeftCommand.line(name).getSubcommands()).containsOnlyKeys(name);
        });
        assertThat(all.getSubcommands()).hasSize(17);
        assertThat(WeftCommand.line("upp").getSubcommands()).hasSize(17);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> Settings.load(Map.of("WEFT_CONFIG", "/no/such/file")))
                .isInstanceOf(UserError.class)
                .hasMessage("WEFT_CONFIG /no/such/file cannot be read: there is no such file");
    }

    /// As `docker run --env-file` leaves them.
    @Test
    void blanksAndWindowsLineEndsOfTheEnvironmentAreNoPartOfAValue() {
        Settings settings = Settings.load(Map.of("WEFT_SEED", "7 \r"));
        assertThat(settings.defaultValue(option("up", "--seed"))).isEqualTo("7");
    }

    @Test
    void serviceLinksOfKubernetesArePassedOver() {
        Settings settings = Settings.load(Map.ofEntries(
                Map.entry("WEFT_SERVICE_HOST", "10.0.0.1"),
                Map.entry("WEFT_SERVICE_PORT", "8080"),
                Map.entry("WEFT_SERVICE_PORT_HTTP_PAGE", "8080"),
                Map.entry("WEFT_PORT", "tcp://10.0.0.1:8080"),
                Map.entry("WEFT_PORT_8080_TCP", "tcp://10.0.0.1:8080"),
                Map.entry("WEFT_PORT_8080_TCP_PROTO", "tcp"),
                Map.entry("WEFT_PORT_8080_TCP_PORT", "8080"),
                Map.entry("WEFT_PORT_8080_TCP_ADDR", "10.0.0.1"),
                Map.entry("WEFT_SCORER_SERVICE_HOST", "10.0.0.2"),
                Map.entry("WEFT_SCORER_SERVICE_PORT_METRICS", "9464"),
                Map.entry("WEFT_SCORER_2_PORT", "tcp://[fd00::2]:9464"),
                Map.entry("WEFT_SCORER_2_PORT_9464_TCP_ADDR", "fd00::2"),
                // A Service called weft-kafka or weft-metrics takes the name of an option.
                Map.entry("WEFT_KAFKA_PORT", "tcp://10.0.0.3:9092"),
                Map.entry("WEFT_METRICS_PORT", "udp://10.0.0.4:9464")));
        settings.check(line, () -> line);
        assertThat(settings.defaultValue(option("up", "--port"))).isNull();
        assertThat(settings.defaultValue(option("up", "--kafka-port"))).isNull();
        assertThat(settings.defaultValue(option("up", "--metrics-port"))).isNull();
    }

    @Test
    void whatOnlyLooksLikeAServiceLinkIsASettingOrATypo() {
        Settings settings = Settings.load(Map.of("WEFT_PORT", "8181", "WEFT_KAFKA_PROT", "9192"));
        assertThat(settings.defaultValue(option("up", "--port"))).isEqualTo("8181");
        assertThatThrownBy(() -> settings.check(line, () -> line)).hasMessage("unknown settings: WEFT_KAFKA_PROT");
        for (String typo : List.of("WEFT_KAFAK_PORT", "WEFT_SERVICE", "WEFT_PORT_8080", "WEFT_SERVICE_HOSTS")) {
            assertThatThrownBy(() -> Settings.load(Map.of(typo, "8080")).check(line, () -> line))
                    .hasMessage("unknown settings: " + typo);
        }
    }

    @Test
    void anInvisibleCharacterInANameIsShown() throws Exception {
        Path file = Files.writeString(folder.resolve("weft.properties"), "se\u200Bed=7\n");
        assertThatThrownBy(() ->
                        Settings.load(Map.of("WEFT_CONFIG", file.toString())).check(line, () -> line))
                .hasMessage("unknown settings: se\\u200bed in " + file);
    }

    private ArgSpec option(String command, String name) {
        return Objects.requireNonNull(line.getSubcommands().get(command))
                .getCommandSpec()
                .findOption(name);
    }
}
