package weft.standalone.command;

import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import weft.core.model.PipelineName;
import weft.monitoring.ClusterListing;
import weft.standalone.Families;

/// The clusters as a version knows them.
@Command(
        name = "clusters",
        description = "Prints what a version knows of each cluster of a pipeline, one JSON object a line.",
        mixinStandardHelpOptions = true)
final class ClustersCommand implements Callable<Integer> {
    @Mixin
    private final KafkaOptions kafka = new KafkaOptions();

    @Parameters(paramLabel = "PIPELINE", description = "For example raw-kmeans-10 or ae-gmm-10@RUN")
    private @Nullable PipelineName pipeline;

    @Option(names = "--at", paramLabel = "VERSION", description = "Of this version; without it, of the newest")
    private @Nullable Long at;

    @Option(names = "--centres", description = "Also where they lie, in the space of the codes")
    private boolean centres;

    @Override
    public Integer call() {
        if (pipeline == null) {
            throw new IllegalStateException("picocli gives every parameter");
        }
        ClusterListing.lines(
                        kafka.connect(),
                        kafka.topics(),
                        Families.SNAPSHOTS,
                        pipeline,
                        at == null ? OptionalLong.empty() : OptionalLong.of(at),
                        centres)
                .forEach(System.out::println);
        return 0;
    }
}
