package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.kafka.service.UserError;

/// Files as editors of every system write them.
class PropertiesFileTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rate=1\nseed=7\n",
                "\uFEFFrate=1\nseed=7\n",
                "rate=1\r\nseed=7\r\n",
                "\uFEFFrate=1 \r\nseed=7\t\r\n",
                "rate=1  \nseed=7 ",
                "rate = 1\n# a note\nseed: 7\n",
                "rate=1\n\uFEFFseed=7\n",
                "# Größe \nrate=1\nseed=7"
            })
    void isReadAsItWasMeant(String text) throws Exception {
        assertThat(read(text, StandardCharsets.UTF_8)).containsOnly(Map.entry("rate", "1"), Map.entry("seed", "7"));
    }

    @Test
    void aBlankThatIsWantedStays() throws Exception {
        assertThat(read("a=x\\u0020\nb=y\\ \nc=a b\n", StandardCharsets.UTF_8))
                .containsOnly(Map.entry("a", "x "), Map.entry("b", "y "), Map.entry("c", "a b"));
    }

    @Test
    void theLineThatIsNotUtf8IsNamed() {
        refused(
                "rate=1\n# ok\nprefix=gr\u00f6\u00dfe\nseed=7\n",
                StandardCharsets.ISO_8859_1,
                "it is not UTF-8 at line 3");
        refused("prefix=\u00fc", StandardCharsets.ISO_8859_1, "it is not UTF-8 at line 1");
        refused("rate=1\n", StandardCharsets.UTF_16, "it is not UTF-8 at line 1");
    }

    @Test
    void aWindowsPathIsExplained() {
        refused(
                "dir=C:\\users\\me\n",
                StandardCharsets.UTF_8,
                "a backslash with u needs four hexadecimal digits (write a backslash as two)");
    }

    @Test
    void aFolderAndAPathThatIsNoneAreNamed() {
        assertThatThrownBy(() -> PropertiesFile.read("--kafka-config", folder.toString()))
                .isInstanceOf(UserError.class)
                .hasMessage("--kafka-config " + folder + " cannot be read: it is a folder");
        assertThatThrownBy(() -> PropertiesFile.read("WEFT_CONFIG", "a\0b"))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("cannot be read");
    }

    private void refused(String text, Charset charset, String reason) {
        assertThatThrownBy(() -> read(text, charset))
                .isInstanceOf(UserError.class)
                .hasMessage("WEFT_CONFIG " + file() + " cannot be read: " + reason);
    }

    private Properties read(String text, Charset charset) throws Exception {
        Files.write(file(), text.getBytes(charset));
        return PropertiesFile.read("WEFT_CONFIG", file().toString());
    }

    private Path file() {
        return folder.resolve("weft.properties");
    }
}
