package weft.standalone.command;

import java.util.List;
import picocli.CommandLine.Option;
import weft.core.model.PipelineName;

/// Which pipelines run.
final class PipelineOptions {
    @Option(
            names = "--pipelines",
            split = ",",
            defaultValue = "raw-kmeans-10,ae-kmeans-10,ae-gmm-10",
            paramLabel = "NAME",
            description =
                    "raw-kmeans-K, ae-kmeans-K, ae-gmm-K, imsat-K or micro-K, with commas; of another run: ae-kmeans-K@RUN "
                            + "(default: ${DEFAULT-VALUE})")
    private List<PipelineName> pipelines = List.of();

    List<PipelineName> pipelines() {
        return pipelines.stream().distinct().toList();
    }
}
