package weft.standalone.command;

import io.javalin.config.RoutesConfig;
import java.util.function.Consumer;
import picocli.CommandLine.Option;
import weft.kafka.service.MetricsServer;

/// Where a command serves its metrics and health.
final class MetricsOptions {
    @Option(
            names = "--metrics-port",
            defaultValue = "9464",
            paramLabel = "PORT",
            description = "/metrics, /health and /ready; 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port = 9464;

    @Option(
            names = "--bind",
            defaultValue = "127.0.0.1",
            paramLabel = "HOST",
            description = "Address that servers listen on (default: ${DEFAULT-VALUE})")
    private String host = "127.0.0.1";

    String host() {
        return host;
    }

    MetricsServer start() {
        return start(_ -> {});
    }

    /// With more routes than those of the metrics.
    MetricsServer start(Consumer<RoutesConfig> more) {
        return MetricsServer.start(host, Ports.check("--metrics-port", port), more);
    }
}
