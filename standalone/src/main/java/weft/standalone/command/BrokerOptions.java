package weft.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import weft.standalone.broker.EmbeddedBroker;

/// The embedded broker: its folder, its port and its name for clients.
final class BrokerOptions {
    @Option(
            names = "--dir",
            defaultValue = "data",
            paramLabel = "DIR",
            description = "Keeps everything (default: ${DEFAULT-VALUE})")
    private Path dir = Path.of("data");

    @Option(
            names = "--kafka-port",
            defaultValue = "9092",
            paramLabel = "PORT",
            description = "Of the embedded broker; 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Option(
            names = "--advertise",
            paramLabel = "HOST[:PORT]",
            description = "Where clients reach the embedded broker (default: --bind, or an address of this machine)")
    private @Nullable String advertise;

    Path dir() {
        return dir;
    }

    /// Fails early where the port is none.
    void check() {
        Ports.check("--kafka-port", port);
    }

    EmbeddedBroker start(String bind) {
        return EmbeddedBroker.start(dir.resolve("kafka"), bind, port, Optional.ofNullable(advertise));
    }
}
