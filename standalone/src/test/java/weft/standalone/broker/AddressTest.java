package weft.standalone.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import weft.kafka.service.UserError;

class AddressTest {
    @ParameterizedTest
    @CsvSource({
        "kafka.example, kafka.example:9092",
        "kafka.example:19092, kafka.example:19092",
        "10.1.2.3, 10.1.2.3:9092",
        "::1, [::1]:9092",
        "[::1], [::1]:9092",
        "[fd00::7]:9192, [fd00::7]:9192"
    })
    void readsHostsAndPorts(String given, String address) {
        assertThat(Address.advertised("0.0.0.0", 9092, Optional.of(given))).hasToString(address);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0.0.0.0", "::", "[::]:9092", "host:0", "host:65536", "host:", "http://host", "a b"})
    void namesWhatIsNoAddress(String given) {
        assertThatThrownBy(() -> Address.advertised("0.0.0.0", 9092, Optional.of(given)))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("--advertise must")
                .hasMessageEndingWith("not '" + given + "'");
    }
}
