package weft.standalone.command;

import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import weft.kafka.wire.Keep;
import weft.kafka.wire.Topics;

/// The topics alone: for a cluster where services may not create any.
@Command(
        name = "topics",
        description = "Creates the topics that are missing and checks the others.",
        mixinStandardHelpOptions = true)
final class TopicsCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Mixin
    private final KeepOptions keep = new KeepOptions();

    @Override
    public Integer call() {
        Keep wanted = keep.keep(kafka.partitions());
        Topics topics = kafka.ensureTopics(kafka.connect(), wanted);
        System.out.println("topics are there: "
                + topics.specs(1).stream().map(Topics.Spec::name).sorted().collect(Collectors.joining(", ")));
        return 0;
    }
}
