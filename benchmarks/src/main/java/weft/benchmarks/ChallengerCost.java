package weft.benchmarks;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import weft.benchmarks.study.TrainedModels;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.Deployments;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.Topics;
import weft.standalone.Families;

/// What challengers cost a scorer: it alone, with a challenger of both its models, and with the same pipelines scored
/// and published like all others, in turn: `benchmarks/challenger-cost [IMAGES [ROUNDS]]`. The first round warms up
/// and is not told. The CPU is the whole process's, with the broker.
public final class ChallengerCost {
    private static final String RIVAL = "wide";

    private final KafkaConnection kafka;
    private final ScorerRuns scorer;
    private final List<Snapshot> snapshots;

    private ChallengerCost(KafkaConnection kafka, ScorerRuns scorer, List<Snapshot> snapshots) {
        this.kafka = kafka;
        this.scorer = scorer;
        this.snapshots = snapshots;
    }

    public static void main(String[] args) throws Exception {
        int images = args.length > 0 ? Integer.parseInt(args[0]) : 60_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        WithBroker.main((kafka, folder, data) -> {
            List<PipelineName> all = Stream.concat(
                            ScorerRuns.PIPELINES.stream(),
                            ScorerRuns.PIPELINES.stream().map(pipeline -> pipeline.of(RIVAL)))
                    .toList();
            ChallengerCost cost =
                    new ChallengerCost(kafka, new ScorerRuns(kafka, folder, data, images), TrainedModels.of(data, all));
            List<Double> alone = new ArrayList<>();
            List<Double> challenged = new ArrayList<>();
            List<Double> published = new ArrayList<>();
            for (int round = 0; round <= rounds; round++) {
                alone.add(cost.micros("alone" + round, ScorerRuns.PIPELINES, false));
                challenged.add(cost.micros("challenged" + round, ScorerRuns.PIPELINES, true));
                published.add(cost.micros("published" + round, all, false));
            }
            System.out.printf(
                    Locale.ROOT,
                    "us of CPU an image, median of %d: %.1f alone, %.1f challenged, %.1f where both are published%n",
                    rounds,
                    median(alone),
                    median(challenged),
                    median(published));
        });
    }

    private double micros(String prefix, List<PipelineName> pipelines, boolean challenged) throws Exception {
        Topics topics = scorer.topics(prefix, 1);
        scorer.send(topics);
        ScorerRuns.publish(kafka, topics, snapshots);
        if (challenged) {
            for (String family : List.of("raw", "ae")) {
                try (Deployments deployments = Deployments.open(
                        kafka, topics, Families.SNAPSHOTS, ModelName.main(family), Clock.systemUTC())) {
                    deployments.challenge(RIVAL, Optional.empty(), new Deployments.Signature("benchmark", ""));
                }
            }
        }
        ScorerRuns.Run run = scorer.score(topics, pipelines);
        System.out.printf(
                Locale.ROOT, "%s: %.0f images/s, %.1f us%n", topics.prefix(), run.imagesPerSecond(), run.cpuMicros());
        return run.cpuMicros();
    }

    /// Without the first, which warms up.
    private static double median(List<Double> rounds) {
        List<Double> told = rounds.subList(1, rounds.size()).stream().sorted().toList();
        return told.get(told.size() / 2);
    }
}
