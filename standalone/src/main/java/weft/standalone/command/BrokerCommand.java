package weft.standalone.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.kafka.service.MetricsServer;
import weft.standalone.broker.EmbeddedBroker;

/// A Kafka broker alone.
@Command(name = "broker", description = "Runs a Kafka broker with a durable folder.", mixinStandardHelpOptions = true)
final class BrokerCommand implements Callable<Integer> {
    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

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
            description = "For clients; 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port;

    @Override
    public Integer call() throws InterruptedException {
        Ports.check("--kafka-port", port);
        try (Running running = new Running()) {
            MetricsServer server = running.add(metrics.start());
            EmbeddedBroker broker = running.add(EmbeddedBroker.start(dir.resolve("kafka"), metrics.host(), port));
            server.started();
            System.out.println("Kafka: " + broker.address());
            running.awaitEnd();
        }
        return 0;
    }
}
