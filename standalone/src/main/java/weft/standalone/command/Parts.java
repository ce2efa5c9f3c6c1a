package weft.standalone.command;

import java.time.Clock;
import java.util.Optional;
import weft.core.image.Dataset;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.MetricsServer;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicWatch;
import weft.kafka.wire.Topics;
import weft.standalone.Families;

/// The services of a command: each counts into `/health` and `/ready` and stops with the command.
final class Parts {
    private final Running running;
    private final MetricsServer server;
    private final ServiceContext context;

    Parts(Running running, MetricsServer server, KafkaConnection kafka, Topics topics, Dataset dataset) {
        this.running = running;
        this.server = server;
        context = new ServiceContext(
                kafka, topics, dataset, Families.SNAPSHOTS, server.registry(), Clock.systemUTC(), running::fail);
        add(TopicWatch.start(context));
    }

    /// Waits for the data set that somebody tells.
    ///
    /// @return empty where the command ends before that
    static Optional<Parts> await(Running running, MetricsServer server, KafkaConnection kafka, Topics topics)
            throws InterruptedException {
        return DatasetTopic.await(kafka, topics, running::ending)
                .map(dataset -> new Parts(running, server, kafka, topics, dataset));
    }

    ServiceContext context() {
        return context;
    }

    /// For trainings whose divergence is told and ends nothing else.
    ServiceContext contextUnlessDiverged() {
        return context.failingTo(running::failUnlessDiverged);
    }

    /// Takes a service that has just been started.
    <S extends Service> S add(S service) {
        server.watch(running.add(service));
        return service;
    }

    /// Says that there are no more: `/ready` may be 200 from now on.
    void complete() {
        server.started();
    }
}
