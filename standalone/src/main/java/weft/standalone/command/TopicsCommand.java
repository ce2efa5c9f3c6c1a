package weft.standalone.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import weft.core.image.Dataset;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.PartitionRaise;
import weft.kafka.service.UserError;
import weft.kafka.wire.Keep;
import weft.kafka.wire.Topics;

/// The topics alone: for a cluster where services may not create any.
@Command(
        name = "topics",
        description = "Creates the topics that are missing, checks the others and tells what the images are.",
        mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final DatasetOptions data = new DatasetOptions();

    @Mixin
    private final KeepOptions keep = new KeepOptions();

    @Option(
            names = "--raise",
            description =
                    "Gives images, labels and assignments that exist --partitions, and the scorer's counts up, which"
                            + " begin anew; no scorer may run")
    private boolean raise;

    @Override
    public Integer call() {
        Optional<Dataset> dataset = data.dataset();
        Keep wanted = keep.keep(kafka.partitions());
        if (raise && kafka.partitions().isEmpty()) {
            throw new UserError("--raise needs --partitions");
        }
        KafkaConnection connection = kafka.connect();
        if (raise) {
            PartitionRaise.run(connection, kafka.topics(), kafka.partitions().orElseThrow());
        }
        Topics topics = kafka.ensureTopics(connection, wanted);
        dataset.ifPresent(told -> DatasetTopic.tell(connection, topics, told));
        System.out.println("topics are there: "
                + topics.specs(1).stream().map(Topics.Spec::name).sorted().collect(Collectors.joining(", ")));
        return 0;
    }
}
