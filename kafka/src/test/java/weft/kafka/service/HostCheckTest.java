package weft.kafka.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may name this machine.
class HostCheckTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, true",
        "localhost:8080, true",
        "LocalHost, true",
        "[::1]:8080, true",
        "weft.example:8080, false",
        "127.0.0.1.example, false",
        "localhost.example:8080, false"
    })
    void onlyThisMachinesNamesAreServedOnLoopback(String host, boolean served) {
        assertThat(HostCheck.of("127.0.0.1", List.of()).accepts(host)).isEqualTo(served);
        assertThat(HostCheck.of("0.0.0.0", List.of()).accepts(host)).isTrue();
    }

    @Test
    void chosenNamesAreServedWhereverItListens() {
        HostCheck chosen = HostCheck.of("0.0.0.0", List.of("localhost", "weft.example"));

        assertThat(chosen.accepts("weft.example:8080")).isTrue();
        assertThat(chosen.accepts("localhost")).isTrue();
        assertThat(chosen.accepts("weftXexample")).isFalse();
        assertThat(chosen.accepts("127.0.0.1:8080")).isFalse();
        assertThat(chosen.accepts(null)).isTrue();
    }
}
