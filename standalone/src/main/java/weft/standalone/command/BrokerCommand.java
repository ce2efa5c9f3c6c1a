package weft.standalone.command;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import weft.kafka.service.MetricsServer;
import weft.standalone.broker.EmbeddedBroker;

/// A Kafka broker alone.
@Command(name = "broker", description = "Runs a Kafka broker with a durable folder.", mixinStandardHelpOptions = true)
final class BrokerCommand implements Callable<Integer> {
    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    @Mixin
    private final BrokerOptions broker = new BrokerOptions();

    @Override
    public Integer call() throws InterruptedException {
        broker.check();
        try (Running running = new Running()) {
            MetricsServer server = running.add(metrics.start());
            EmbeddedBroker started = running.add(broker.start(metrics.host()));
            server.started();
            System.out.println("Kafka: " + started.address());
            running.awaitEnd();
        }
        return 0;
    }
}
