package weft.benchmarks.compare;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import weft.benchmarks.study.FashionMnist;

/// Runs Weft and its peers in turn, several rounds, and writes the medians and their ratios as a Markdown table.
public final class Compare {
    private static final String BEGIN = "<!-- measured by benchmarks/compare -->";
    private static final String END = "<!-- end of what was measured -->";
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Map<String, List<String>> commands = new LinkedHashMap<>();
    private final Map<String, Map<String, List<Double>>> times = new LinkedHashMap<>();

    private Compare() {}

    /// Measures every program in turn and writes the table.
    ///
    /// @param arguments the page whose table is to be written, the number of rounds, the folder of the peers'
    ///     programs, and the folder that a folder of jars is fetched into for each peer in Java
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 4) {
            System.err.println("usage: benchmarks/compare [ROUNDS]");
            System.exit(2);
        }
        Path page = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Path folder = Files.createTempDirectory("weft-compare");
        try {
            SharedSample.write(FashionMnist.find(), folder);
            Compare compare = new Compare();
            compare.commands(Path.of(arguments[2]), Path.of(arguments[3]), folder);
            for (int round = 1; round <= rounds; round++) {
                System.err.println("round " + round + " of " + rounds);
                compare.round();
            }
            compare.write(page, rounds);
        } finally {
            Files.deleteIfExists(folder.resolve(SharedSample.IMAGES));
            Files.deleteIfExists(folder.resolve(SharedSample.CODES));
            Files.deleteIfExists(folder);
        }
    }

    private void commands(Path peers, Path fetched, Path sample) {
        commands.put("Weft", own(LearningSpeed.class, sample));
        commands.put("Smile", own(SmileSpeed.class, sample));
        commands.put(
                "Python", List.of("/usr/bin/python3", peers.resolve("peers.py").toString(), sample.toString()));
        fetched("MOA", "Moa.java", peers.resolve("moa"), fetched.resolve("moa"), sample);
        fetched("Spark", "Spark.java", peers.resolve("spark"), fetched.resolve("spark"), sample);
    }

    /// Adds a peer in Java; beside its program lie the options of its JVM, and what else it reads from its class path.
    private void fetched(String name, String program, Path folder, Path jars, Path sample) {
        if (!Files.isDirectory(jars)) {
            System.err.println("left out: " + name + " (it could not be fetched, see " + jars + ".log)");
            return;
        }
        commands.put(
                name,
                List.of(
                        JAVA,
                        "@" + folder.resolve("jvm.args"),
                        "-cp",
                        folder + File.pathSeparator + jars.resolve("*"),
                        folder.resolve(program).toString(),
                        sample.toString()));
    }

    private static List<String> own(Class<?> program, Path sample) {
        return List.of(
                JAVA,
                "--add-modules",
                "jdk.incubator.vector",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                sample.toString());
    }

    private void round() throws IOException, InterruptedException {
        for (Map.Entry<String, List<String>> command : commands.entrySet()) {
            ProcessBuilder builder =
                    new ProcessBuilder(command.getValue()).redirectError(ProcessBuilder.Redirect.INHERIT);
            for (String threads : List.of("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")) {
                builder.environment().put(threads, "1");
            }
            Process process = builder.start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                System.err.println("left out: " + command.getKey() + " (exit code " + process.exitValue() + ")");
            }
            output.lines()
                    .map(line -> line.split("\t"))
                    .filter(parts -> parts.length == 3)
                    .forEach(parts -> times.computeIfAbsent(parts[0], _ -> new LinkedHashMap<>())
                            .computeIfAbsent(parts[1], _ -> new ArrayList<>())
                            .add(Double.parseDouble(parts[2])));
        }
    }

    private void write(Path page, int rounds) throws IOException {
        StringBuilder table = new StringBuilder(BEGIN)
                .append("\n\nMedians of ")
                .append(rounds)
                .append(" rounds in turn; CPU time of one thread.\n\n")
                .append("| piece | Weft, ns an image | peer | its ns an image | ratio |\n|---|---|---|---|---|\n");
        times.forEach((piece, peers) -> peers.forEach((peer, measured) -> {
            if (!peer.equals("Weft")) {
                List<Double> ours = times.getOrDefault(ours(piece), Map.of()).getOrDefault("Weft", List.of());
                table.append(row(piece, ours, peer, measured));
            }
        }));
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException(page + " has no place for the table between " + BEGIN + " and " + END);
        }
        Files.writeString(page, text.substring(0, begin) + table + "\n" + text.substring(end));
    }

    /// MOA takes one image at a time; Weft's way to learn from a stream is the mini-batch.
    private static String ours(String piece) {
        return piece.replace("one image at a time", "batch 64");
    }

    private static String row(String piece, List<Double> ours, String peer, List<Double> theirs) {
        return String.format(
                Locale.ROOT,
                "| %s | %,.0f | %s | %,.0f | %.1f |%n",
                piece,
                median(ours),
                peer,
                median(theirs),
                median(theirs) / median(ours));
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length / 2];
    }
}
