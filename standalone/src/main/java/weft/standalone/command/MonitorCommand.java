package weft.standalone.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.MetricsServer;
import weft.monitoring.KafkaWatch;
import weft.monitoring.page.LivePage;

/// The live page alone.
@Command(
        name = "monitor",
        description = "Serves the live page: what flows, and the clusters as they form.",
        mixinStandardHelpOptions = true)
final class MonitorCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final MetricsOptions metrics = new MetricsOptions();

    @Mixin
    private final PageOptions page = new PageOptions();

    @Override
    public Integer call() throws InterruptedException {
        page.check();
        try (Running running = new Running()) {
            KafkaConnection connection = kafka.connect();
            MetricsServer server = running.add(metrics.start());
            Optional<Parts> told = Parts.await(running, server, connection, kafka.ensureTopics(connection));
            if (told.isEmpty()) {
                return 0;
            }
            Parts parts = told.get();
            LivePage live = page.start(parts, metrics.host());
            parts.add(KafkaWatch.start(parts.context()));
            parts.complete();
            System.out.println("live page: " + PageOptions.address(metrics.host(), live));
            running.awaitEnd();
        }
        return 0;
    }
}
