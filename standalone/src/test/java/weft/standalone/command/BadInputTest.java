package weft.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Every wrong call: one line that names the bad value, exit code 2, nothing started.
class BadInputTest {
    @TempDir
    private Path folder;

    static Stream<Arguments> wrongCalls() {
        return Stream.of(
                wrong("unknown pipeline 'raw-kmeens-10'", "up", "--pipelines", "raw-kmeens-10"),
                wrong("pipeline 'raw-kmeans-1': k must be 2 to 1024, not 1", "train", "--pipelines", "raw-kmeans-1"),
                wrong(
                        "unknown pipeline 'raw-gmm-10': family raw offers raw-kmeans-K",
                        "score",
                        "--pipelines",
                        "raw-gmm-10"),
                wrong(
                        "pipeline 'imsat-65': family imsat has at most 64 clusters, not 65",
                        "up",
                        "--pipelines",
                        "imsat-65"),
                wrong(
                        "--prior: 'even' is none of uniform, estimated",
                        "train",
                        "--pipelines",
                        "imsat-10",
                        "--prior",
                        "even"),
                wrong("--reservoir must be 0 to 8388608, not -5", "train", "--pipelines", "imsat-10", "--reservoir=-5"),
                wrong(
                        "--micro-clusters must be 64 to 2048, not 5000",
                        "up",
                        "--pipelines",
                        "micro-10",
                        "--micro-clusters",
                        "5000"),
                wrong("'sorted' is none of shuffled, file, by-class", "produce", "--order", "sorted"),
                wrong("--epochs must be at least 1, not 0", "produce", "--epochs", "0"),
                wrong("'20' is no size such as 500MB, 20GB or 1TB", "up", "--keep-bytes", "20"),
                wrong("'-1GB' is no size such as 500MB, 20GB or 1TB", "topics", "--keep-bytes=-1GB"),
                wrong(
                        "--keep-bytes must be at least 32MB for 1 partition, not 10000000 bytes",
                        "up",
                        "--keep-bytes",
                        "10MB"),
                wrong(
                        "--keep-bytes must be at least 96MB for 3 partitions, not 90000000 bytes",
                        "topics",
                        "--partitions",
                        "3",
                        "--keep-bytes",
                        "90MB"),
                wrong("--keep must be 1m to 3650d, not 30s", "topics", "--keep", "30s"),
                wrong("'ever' is no time such as 90s, 15m, 1h or 7d", "up", "--keep", "ever"),
                wrong("--shape needs --data", "produce", "--shape", "8x8"),
                wrong("--test-share needs --data", "up", "--test-share", "0.2"),
                wrong("--test-share must be 0 to below 1, not 1.0", "up", "--data", ".", "--test-share", "1"),
                wrong("--test-share must be 0 to below 1, not NaN", "up", "--data", ".", "--test-share", "NaN"),
                wrong(
                        "--shape: a shape is WIDTHxHEIGHT, WIDTHxHEIGHTx3 or the dimension of a vector, not '8by8'",
                        "up",
                        "--data",
                        ".",
                        "--shape",
                        "8by8"),
                wrong("/no/such/folder: no such folder", "produce", "--data", "/no/such/folder"),
                wrong("--rate must be 0 to 10000000 images a second, not -1.0", "up", "--rate", "-1"),
                wrong("--nice must be 0 to 19, not 20", "up", "--nice", "20"),
                wrong("--nice must be 0 to 19, not -1", "up", "--nice=-1"),
                wrong("--kafka-port must be 0 to 65535, not 70000", "up", "--kafka-port", "70000"),
                wrong("--port must be 0 to 65535, not 70000", "up", "--port", "70000"),
                wrong("--port must be 0 to 65535, not -1", "monitor", "--port", "-1"),
                wrong("Unknown options: '--pipelines', 'raw-kmeans-10'", "monitor", "--pipelines", "raw-kmeans-10"),
                wrong("'many' is not a long", "up", "--seed", "many"),
                wrong("Unknown options: '--epoch', '3'", "up", "--epoch", "3"),
                wrong("batch must be 1 to 10000, not 0", "train", "--batch", "0"),
                wrong("layers must be at least an input and a code, not [784]", "train", "--layers", "784"),
                wrong(
                        "--layers must be whole numbers with dashes, as 784-32, not '784-x'",
                        "train",
                        "--layers",
                        "784-x"),
                wrong("--run: a run has 1 to 32 small letters, digits and dashes", "up", "--run", "Wide"),
                wrong("noise must be from 0 to below 1, not 1.0", "train", "--noise", "1"),
                wrong("half-life must be at least 0 steps, not -3", "train", "--learning-rate-half-life", "-3"),
                wrong("--follow: 'still' is none of transport, decay, refit", "up", "--follow", "still"),
                wrong("--baseline-images must be 2 to 50000, not 1", "evaluate", "--baseline-images", "1"),
                wrong("Missing required option: '--out=DIR'", "report"),
                wrong("--threads must be 1 to 256, not 0", "score", "--threads", "0"),
                wrong("--prefix: prefix must be", "tail", "--prefix", "a b"),
                wrong("not 'a b'", "monitor", "--prefix", "a b"),
                wrong("--partitions must be 1 to 256, not 0", "topics", "--partitions", "0"),
                wrong("--replication must be at least 1, not -1", "topics", "--replication", "-1"),
                wrong("--cluster must be 0 to 1023, not -1", "tail", "--cluster", "-1"),
                wrong("--cluster must be 0 to 9, not 10", "tail", "--pipeline", "ae-gmm-10", "--cluster", "10"),
                wrong("--classes needs --shape", "topics", "--classes", "names.txt"),
                wrong("--shape: a shape is WIDTHxHEIGHT", "topics", "--shape", "28 x 28"),
                wrong("--dataset-name: the data set's name", "topics", "--shape", "8x8", "--dataset-name", " "),
                wrong("unknown model 'raw/7'", "versions", "raw/7"),
                wrong("unknown model 'blue': unknown family 'blue'", "versions", "blue"),
                wrong("Missing required parameter: 'MODEL'", "versions"),
                wrong("unknown model 'blue': unknown family 'blue'", "rollback", "blue"),
                wrong("'last' is not a long", "rollback", "raw", "--to", "last"),
                wrong("unknown model 'raw kmeans'", "follow", "raw kmeans"),
                wrong("Missing required option: '--run=NAME'", "promote", "raw"),
                wrong("Missing required option: '--run=NAME'", "challenge", "raw"),
                wrong(
                        "--promote-when: unknown figure 'beauty'",
                        "challenge",
                        "raw",
                        "--run",
                        "wide",
                        "--promote-when",
                        "beauty+0.1 for 20000"),
                wrong(
                        "--promote-when: a gate is FIGURE+LEAD for IMAGES",
                        "challenge",
                        "raw",
                        "--run",
                        "wide",
                        "--promote-when",
                        "testAri over .5"),
                wrong(
                        "--stop and --promote-when do not go together",
                        "challenge",
                        "raw",
                        "--run",
                        "wide",
                        "--stop",
                        "--promote-when",
                        "testAri+0.1 for 20000"),
                wrong("'old' is no time such as 90s, 15m, 1h or 7d", "score", "--max-model-age", "old"),
                wrong("--max-model-age must be at least 1s, not 0s", "up", "--max-model-age", "0s"),
                wrong("'lots' is no size such as 500MB, 20GB or 1TB", "train", "--history-bytes", "lots"),
                wrong("--outlier must be 0 to 1, not 1.5", "tail", "--outlier", "1.5"),
                wrong("--outlier must be 0 to 1, not NaN", "tail", "--outlier", "NaN"),
                wrong("'strange' is not a double", "tail", "--outlier", "strange"),
                wrong(
                        "unknown kind of event 'dritf': known are drift, drift-over, birth",
                        "events",
                        "--kind",
                        "drift",
                        "--kind",
                        "dritf"),
                wrong("unknown model 'blue': unknown family 'blue'", "events", "--model", "blue"),
                wrong("--json and --text exclude each other", "events", "--json", "--text"),
                wrong("unknown pipeline 'raw-kmeens-10'", "clusters", "raw-kmeens-10"),
                wrong("Missing required parameter: 'PIPELINE'", "clusters", "--at", "512"),
                wrong("'yesterday' is not a long", "clusters", "raw-kmeans-10", "--at", "yesterday"),
                wrong("--max must be at least 0, not -5", "tail", "--max", "-5"),
                wrong("cannot be read", "evaluate", "--kafka-config", "/no/such/file"),
                wrong(
                        "--report /no/such/folder/r.json cannot be written",
                        "evaluate",
                        "--report",
                        "/no/such/folder/r.json"));
    }

    private static Arguments wrong(String message, String... args) {
        return Arguments.of(message, List.of(args));
    }

    @ParameterizedTest
    @MethodSource("wrongCalls")
    void aWrongCallIsOneLineAndExitCode2(String message, List<String> args) {
        Captured run = Captured.run(args.toArray(String[]::new));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err().lines()).hasSize(1);
        assertThat(run.err()).startsWith("weft: ").contains(message);
    }

    @Test
    @Tag("system")
    void unreachableKafkaIsNamed() {
        Captured run = Captured.run("evaluate", "--kafka", "127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("weft: Kafka at 127.0.0.1:1 does not answer within 10 s\n");
    }

    @Test
    @Tag("system")
    void thePageNamesAKafkaThatDoesNotAnswer() {
        Captured run = Captured.run("monitor", "--kafka", "127.0.0.1:1", "--port", "0", "--metrics-port", "0");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("weft: Kafka at 127.0.0.1:1 does not answer within 10 s\n");
    }

    @Test
    void aPagePortInUseIsNamed() throws Exception {
        Path data = folder.resolve("vectors");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Captured run = Captured.run(
                    "up",
                    "--data",
                    NpyFiles.vectors(data).toString(),
                    "--pipelines",
                    "raw-kmeans-2",
                    "--kafka-port",
                    "0",
                    "--metrics-port",
                    "0",
                    "--port",
                    Integer.toString(taken.getLocalPort()),
                    "--dir",
                    folder.resolve("state").toString());
            assertThat(run.exitCode()).isEqualTo(2);
            assertThat(run.err().lines()).hasSize(1);
            assertThat(run.err()).contains("page port 127.0.0.1:" + taken.getLocalPort() + " cannot be opened");
        }
    }

    @Test
    void aMissingAndACutDataFileAreNamed() throws Exception {
        Captured missing = up("--data", folder.toString());
        assertThat(missing.exitCode()).isEqualTo(2);
        assertThat(missing.err().lines()).hasSize(1);
        assertThat(missing.err())
                .contains("train-images-idx3-ubyte")
                .contains(folder.toString())
                .contains("; found: ");

        for (String name : List.of(
                "train-images-idx3-ubyte",
                "train-labels-idx1-ubyte",
                "t10k-images-idx3-ubyte",
                "t10k-labels-idx1-ubyte")) {
            Files.write(folder.resolve(name), new byte[] {0, 0, 8, 3, 0, 0});
        }
        Captured cut = up("--data", folder.toString());
        assertThat(cut.exitCode()).isEqualTo(2);
        assertThat(cut.err().lines()).hasSize(1);
        assertThat(cut.err()).contains("train-images-idx3-ubyte").contains("cut short");
    }

    private Captured up(String... more) {
        String[] args = Stream.concat(
                        Stream.of(
                                "up",
                                "--kafka-port",
                                "0",
                                "--port",
                                "0",
                                "--metrics-port",
                                "0",
                                "--dir",
                                folder.resolve("state").toString()),
                        Arrays.stream(more))
                .toArray(String[]::new);
        return Captured.run(args);
    }
}
