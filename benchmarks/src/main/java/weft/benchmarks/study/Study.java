package weft.benchmarks.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import weft.core.model.PipelineName;
import weft.producer.dataset.DataFolder;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.Order;
import weft.trainer.cluster.Follow;

/// Measures what the learning reaches over several seeds and writes docs/results.md.
public final class Study {
    static final List<Integer> MANY_K = List.of(10, 16, 36, 64, 144, 256);
    static final PipelineName RAW = PipelineName.parse("raw-kmeans-10");
    static final PipelineName AE = PipelineName.parse("ae-kmeans-10");
    static final PipelineName AE_64 = PipelineName.parse("ae-kmeans-64");
    static final PipelineName GMM = PipelineName.parse("ae-gmm-10");
    static final PipelineName GMM_64 = PipelineName.parse("ae-gmm-64");

    private final LabelledImages data;
    private final ResultsPage page;

    private Study(LabelledImages data, ResultsPage page) {
        this.data = data;
        this.page = page;
    }

    /// Runs everything.
    ///
    /// @param arguments the file to write; then, if wanted, the folder of the data set
    public static void main(String[] arguments) throws IOException {
        if (arguments.length < 1 || arguments.length > 2) {
            System.err.println("usage: benchmarks/study FILE [DATA]");
            System.exit(2);
        }
        LabelledImages data =
                arguments.length == 2 ? DataFolder.of(Path.of(arguments[1])).read() : FashionMnist.find();
        ResultsPage page = new ResultsPage();
        new Study(data, page).run();
        Files.writeString(Path.of(arguments[0]), page.text());
    }

    private void run() {
        tell("defaults");
        Trial defaults = trial(List.of(RAW, AE, GMM), Map.of(), Order.SHUFFLED, Set.of(1, 5));
        page.defaults(defaults);

        tell("every K");
        List<PipelineName> every = Stream.concat(
                        Stream.of("raw-kmeans-", "ae-kmeans-")
                                .flatMap(prefix -> MANY_K.stream().map(k -> PipelineName.parse(prefix + k))),
                        Stream.of(GMM, GMM_64))
                .toList();
        Trial many = trial(every, Map.of(), Order.SHUFFLED, Set.of(1, 5));
        tell("batch k-means");
        page.everyK(many, BatchKMeans.inertia(data, MANY_K));

        tell("ways to follow");
        page.followedHead();
        for (Follow follow : List.of(Follow.TRANSPORT, Follow.DECAY, Follow.REFIT)) {
            page.followed(follow, follow(follow));
        }

        page.optionsHead();
        option("defaults", Map.of());
        option("--normalise-codes", Map.of("normalise-codes", "true"));
        option("--noise 0.3", Map.of("noise", "0.3"));
        option("--learning-rate-half-life 1000", Map.of("learning-rate-half-life", "1000"));
        option("--layers 784-16", Map.of("layers", "784-16"));
        option("--layers 784-64", Map.of("layers", "784-64"));
        option("--layers 784-500-200-32", Map.of("layers", "784-500-200-32"));

        tell("sorted by class");
        page.byClass(defaults, trial(List.of(RAW, AE, GMM), Map.of(), Order.BY_CLASS, Set.of(1)));
    }

    private Trial follow(Follow follow) {
        return trial(List.of(AE, AE_64, GMM), Map.of("follow", follow.name()), Order.SHUFFLED, Set.of(1));
    }

    private void option(String name, Map<String, String> given) {
        tell(name);
        page.option(name, trial(List.of(AE, AE_64, GMM), given, Order.SHUFFLED, Set.of(1)));
    }

    private Trial trial(List<PipelineName> pipelines, Map<String, String> options, Order order, Set<Integer> epochs) {
        return Trial.run(data, pipelines, options, order, epochs);
    }

    private static void tell(String what) {
        System.err.println("study: " + what);
    }
}
