package weft.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import weft.benchmarks.study.FashionMnist;
import weft.benchmarks.study.TrainedModels;
import weft.core.model.Snapshot;
import weft.standalone.Families;

/// The scorer alone, the same with snapshots that tell nothing of their clusters (so that no image is ranked), and a
/// bare Kafka Streams program that writes the same bytes, in turn: `benchmarks/scorer-limit [IMAGES [ROUNDS]]`.
///
/// Each run has a process of its own, with a broker: what the compiler has learnt of the one would be in the way of the
/// other. There it runs twice, and the second time counts;
/// before the bare program a scorer makes the few assignments that it writes.
public final class ScorerLimit {
    /// What is compared.
    enum Kind {
        SCORER,
        WITHOUT_FACTS,
        PASS_THROUGH
    }

    private static final int TEMPLATES = 8_192;

    private record Speed(double imagesPerSecond, double cpuMicros) {}

    private ScorerLimit() {}

    public static void main(String[] args) throws Exception {
        int images = args.length > 0 ? Integer.parseInt(args[0]) : 200_000;
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        Path folder = Files.createTempDirectory("weft-snapshots");
        int file = 0;
        for (Snapshot snapshot : TrainedModels.of(FashionMnist.find(), ScorerRuns.PIPELINES)) {
            Files.write(folder.resolve(Integer.toString(file++)), Families.SNAPSHOTS.encode(snapshot));
        }
        List<Double> speeds = new ArrayList<>();
        List<Double> costs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            // Each is the first in every third round.
            List<Kind> order = new ArrayList<>(List.of(Kind.values()));
            Collections.rotate(order, round);
            Map<Kind, Speed> of = new EnumMap<>(Kind.class);
            for (Kind kind : order) {
                of.put(kind, run(kind, folder, images));
            }
            Speed scorer = Objects.requireNonNull(of.get(Kind.SCORER));
            Speed bare = Objects.requireNonNull(of.get(Kind.WITHOUT_FACTS));
            Speed passed = Objects.requireNonNull(of.get(Kind.PASS_THROUGH));
            System.out.printf(
                    Locale.ROOT,
                    "scorer %.0f images/s, %.1f us of CPU an image; without facts %.0f images/s, %.1f us; "
                            + "pass-through %.0f images/s, %.1f us%n",
                    scorer.imagesPerSecond(),
                    scorer.cpuMicros(),
                    bare.imagesPerSecond(),
                    bare.cpuMicros(),
                    passed.imagesPerSecond(),
                    passed.cpuMicros());
            speeds.add(scorer.imagesPerSecond() / passed.imagesPerSecond());
            costs.add(scorer.cpuMicros() / bare.cpuMicros());
        }
        System.out.printf(
                Locale.ROOT,
                "medians of %d: speed against pass-through %.2f, CPU against without facts %.3f%n",
                rounds,
                median(speeds),
                median(costs));
        for (int i = 0; i < file; i++) {
            Files.delete(folder.resolve(Integer.toString(i)));
        }
        Files.delete(folder);
    }

    private static Speed run(Kind kind, Path snapshots, int images) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                One.class.getName(),
                kind.name(),
                snapshots.toString(),
                Integer.toString(images)));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        if (process.waitFor() != 0) {
            throw new IllegalStateException(kind + " ended with exit code " + process.exitValue());
        }
        int between = out.lastIndexOf(' ');
        double imagesPerSecond = Double.parseDouble(out.substring(out.lastIndexOf('\n') + 1, between));
        return new Speed(imagesPerSecond, Double.parseDouble(out.substring(between + 1)));
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    /// The process of one run; prints its images a second and its us of CPU an image.
    static final class One {
        private One() {}

        public static void main(String[] args) throws Exception {
            Kind kind = Kind.valueOf(args[0]);
            List<Snapshot> snapshots = new ArrayList<>();
            for (int i = 0; Files.exists(Path.of(args[1], Integer.toString(i))); i++) {
                Snapshot snapshot =
                        Families.SNAPSHOTS.decode(Files.readAllBytes(Path.of(args[1], Integer.toString(i))));
                snapshots.add(kind == Kind.WITHOUT_FACTS ? TrainedModels.withoutFacts(snapshot) : snapshot);
            }
            int images = Integer.parseInt(args[2]);
            WithBroker.main((kafka, folder, data) -> {
                ScorerRuns runs = new ScorerRuns(kafka, folder, data, images);
                ScorerRuns.Run second;
                if (kind == Kind.PASS_THROUGH) {
                    ScorerRuns.Run scored =
                            new ScorerRuns(kafka, folder, data, TEMPLATES).score("templates", snapshots);
                    ScorerRuns.Run _ = runs.pass("first", scored.records());
                    second = runs.pass("second", scored.records());
                } else {
                    ScorerRuns.Run _ = runs.score("first", snapshots);
                    second = runs.score("second", snapshots);
                }
                System.out.printf(Locale.ROOT, "%f %f%n", second.imagesPerSecond(), second.cpuMicros());
            });
        }
    }
}
