package weft.monitoring.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Who may name this machine.
class HostCheckTest {
    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, true",
        "localhost:8080, true",
        "localhost, true",
        "[::1]:8080, true",
        "weft.example:8080, false",
        "127.0.0.1.example, false",
        "localhost.example:8080, false"
    })
    void onlyThisMachinesNamesAreServedOnLoopback(String host, boolean served) {
        assertThat(new HostCheck(true).accepts(host)).isEqualTo(served);
        assertThat(new HostCheck(false).accepts(host)).isTrue();
    }
}
