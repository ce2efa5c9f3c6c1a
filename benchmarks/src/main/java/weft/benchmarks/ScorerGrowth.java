package weft.benchmarks;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import weft.benchmarks.study.TrainedModels;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.Topics;
import weft.producer.dataset.LabelledImages;

/// How the scorer's cost grows with pipelines, K, partitions and instances: `benchmarks/scorer-growth [IMAGES]`.
///
/// Each row reads a topic that is full, exactly once, twice: the first time warms up. The CPU is the whole process's,
/// with the broker.
public final class ScorerGrowth {
    private final KafkaConnection kafka;
    private final Path folder;
    private final LabelledImages data;
    private final int images;
    private int runs;

    private ScorerGrowth(KafkaConnection kafka, Path folder, LabelledImages data, int images) {
        this.kafka = kafka;
        this.folder = folder;
        this.data = data;
        this.images = images;
    }

    public static void main(String[] args) throws Exception {
        int images = args.length > 0 ? Integer.parseInt(args[0]) : 40_000;
        WithBroker.main((kafka, folder, data) -> new ScorerGrowth(kafka, folder, data, images).run());
    }

    private void run() throws InterruptedException {
        System.out.println("| pipelines | partitions | instances x threads | images/s | us of CPU an image |");
        System.out.println("|---|---|---|---|---|");
        for (String one : List.of("raw-kmeans-10", "raw-kmeans-64", "raw-kmeans-256")) {
            row(one, List.of(PipelineName.parse(one)), 1, 1, 1);
        }
        row("3: of K = 10", ScorerRuns.PIPELINES, 1, 1, 1);
        row("8: 4 of pixels, 4 of codes, K to 64", of(10, 20, 32, 64), 1, 1, 1);
        List<PipelineName> thirteen = Stream.concat(
                        of(10, 20, 32, 64, 128, 256).stream(), Stream.of(PipelineName.parse("ae-gmm-10")))
                .toList();
        row("13: 6 of pixels, 6 of codes, K to 256, a mixture", thirteen, 1, 1, 1);
        for (int threads : new int[] {1, 2, 4}) {
            row("3: of K = 10", ScorerRuns.PIPELINES, 4, 1, threads);
        }
        for (int instances : new int[] {2, 4}) {
            row("3: of K = 10", ScorerRuns.PIPELINES, 4, instances, 1);
        }
    }

    private static List<PipelineName> of(int... ks) {
        return Stream.of("raw-kmeans-", "ae-kmeans-")
                .flatMap(kind -> Arrays.stream(ks).mapToObj(k -> PipelineName.parse(kind + k)))
                .toList();
    }

    private void row(String name, List<PipelineName> pipelines, int partitions, int instances, int threads)
            throws InterruptedException {
        List<Snapshot> snapshots = TrainedModels.of(data, pipelines);
        ScorerRuns scorer = new ScorerRuns(kafka, folder.resolve("run" + runs++), data, images);
        ScorerRuns.Run _ = once(scorer, snapshots, pipelines, partitions, instances, threads);
        ScorerRuns.Run run = once(scorer, snapshots, pipelines, partitions, instances, threads);
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d x %d | %,.0f | %.1f |%n",
                name,
                partitions,
                instances,
                threads,
                run.imagesPerSecond(),
                run.cpuMicros());
    }

    private ScorerRuns.Run once(
            ScorerRuns scorer,
            List<Snapshot> snapshots,
            List<PipelineName> pipelines,
            int partitions,
            int instances,
            int threads)
            throws InterruptedException {
        Topics topics = scorer.topics("growth" + runs++, partitions);
        scorer.send(topics);
        ScorerRuns.publish(kafka, topics, snapshots);
        return scorer.score(topics, pipelines, instances, threads);
    }
}
