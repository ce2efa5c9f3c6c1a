package weft.benchmarks.study;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import weft.core.model.PipelineName;
import weft.producer.dataset.Dataset;
import weft.producer.dataset.DatasetFinder;
import weft.producer.replay.Order;
import weft.trainer.learn.ModelPlan;
import weft.trainer.learn.TrainingOptions;

/// trial
public final class Study {
    public static void main(String[] args) {
        Dataset data = DatasetFinder.caching(
                        DatasetFinder.cacheFolder(System.getenv(), Path.of(System.getProperty("user.home"))),
                        System.getenv())
                .find(Optional.ofNullable(System.getenv("WEFT_DATA")).map(Path::of));
        List<PipelineName> pipelines =
                Arrays.stream(args[0].split(",")).map(PipelineName::parse).toList();
        Set<Integer> epochs =
                Arrays.stream(args[2].split(",")).map(Integer::valueOf).collect(Collectors.toCollection(TreeSet::new));
        Order order = Order.valueOf(args.length > 3 ? args[3] : "SHUFFLED");
        boolean normalise = Boolean.getBoolean("n");
        Arrays.stream(args[1].split(",")).map(Long::valueOf).parallel().forEach(seed -> {
            var st = weft.trainer.autoencoder.AutoencoderSettings.standard(seed);
            List<Integer> layers = Arrays.stream(
                            System.getProperty("layers", "784-32").split("-"))
                    .map(Integer::valueOf)
                    .toList();
            var ae = new weft.trainer.autoencoder.AutoencoderSettings(
                    layers,
                    st.optimiser(),
                    Double.parseDouble(System.getProperty("lr", "0.002")),
                    Long.getLong("hl", 0),
                    Double.parseDouble(System.getProperty("noise", "0")),
                    seed);
            TrainingOptions o = new TrainingOptions(
                    ae,
                    weft.trainer.cluster.Follow.valueOf(System.getProperty("follow", "TRANSPORT")),
                    normalise,
                    64,
                    2000,
                    10);
            for (ModelPlan plan : ModelPlan.of(pipelines, o)) {
                for (Outcome x : Training.run(data, plan, order, epochs)) {
                    synchronized (Study.class) {
                        System.out.printf(
                                Locale.ROOT,
                                "%-15s s%d e%d train %.4f test %.4f hom %.4f preq %.4f half %.4f kept %.4f/%.4f inertia %.0f logL %.3f bce %.4f  %.1fs%n",
                                x.pipeline(),
                                x.seed(),
                                x.epochs(),
                                x.train().accuracy().orElse(-1),
                                x.test().accuracy().orElse(-1),
                                x.train().homogeneity().orElse(-1),
                                x.prequential().accuracy().orElse(-1),
                                x.secondHalf().accuracy().orElse(-1),
                                x.worstKept(),
                                x.medianKept(),
                                x.train().inertia().orElse(-1),
                                x.train().logLikelihood().orElse(-1),
                                x.validationLoss(),
                                x.seconds());
                    }
                }
            }
        });
    }
}
