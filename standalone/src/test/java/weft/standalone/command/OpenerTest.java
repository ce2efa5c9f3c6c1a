package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Each system has its own way to open an address.
class OpenerTest {
    @ParameterizedTest
    @CsvSource({"Linux, xdg-open", "Mac OS X, open", "Windows 11, rundll32"})
    void theSystemsOpenerIsTaken(String system, String opener) {
        assertThat(Browser.opener(system, "http://127.0.0.1:8080/"))
                .startsWith(opener)
                .endsWith("http://127.0.0.1:8080/");
    }
}
