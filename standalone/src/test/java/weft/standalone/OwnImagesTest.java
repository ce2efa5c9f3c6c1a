package weft.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import weft.core.image.Split;
import weft.producer.dataset.DatasetFinder;
import weft.standalone.broker.EmbeddedBroker;
import weft.standalone.command.Captured;
import weft.standalone.command.WeftCommand;

/// Images of one's own, from the folder to the report, by `up --once`.
@Tag("system")
class OwnImagesTest {
    @TempDir
    private Path folder;

    /// Batch k-means of scikit-learn gets .76 to .81.
    @Test
    void digitsAreTold() throws Exception {
        Path data = folder.resolve("digits");
        Python.run(folder.resolve("python.log"), "sklearn", "digits.py", data.toString());

        JsonNode pipeline = up(data, "--epochs", "5", "--pipelines", "raw-kmeans-10");

        int train = pipeline.required("train").required("images").asInt();
        int test = pipeline.required("test").required("images").asInt();
        assertThat(train + test).isEqualTo(1797);
        assertThat(test).isBetween(130, 230);
        assertThat(pipeline.required("train").required("accuracy").asDouble()).isBetween(0.74, 0.85);
    }

    /// Fewer images than the trainer gathers before it starts, of many sizes, in plainly different colours.
    @Test
    void coloursAreToldApart() throws Exception {
        Path data = folder.resolve("colours");
        Random random = new Random(1);
        for (Map.Entry<String, Integer> color :
                Map.of("red", 0xFF0000, "green", 0x00FF00, "blue", 0x0000FF).entrySet()) {
            for (int i = 0; i < 60; i++) {
                picture(data.resolve("train/" + color.getKey() + "/" + i + ".png"), color.getValue(), random);
            }
        }

        JsonNode pipeline = up(data, "--epochs", "3", "--pipelines", "raw-kmeans-3");

        assertThat(pipeline.required("train").required("accuracy").asDouble()).isEqualTo(1.0);
        assertThat(pipeline.required("test").required("accuracy").asDouble()).isEqualTo(1.0);
    }

    /// Vectors: the stream's k-means is within two hundredths of the batch's.
    @Test
    void vectorsRunEndToEnd() throws Exception {
        Path cache = DatasetFinder.cacheFolder(System.getenv(), Path.of(System.getProperty("user.home")));
        assertThat(DatasetFinder.caching(cache, System.getenv()).find().size(Split.TRAIN))
                .isEqualTo(60_000);
        Path fashion = Stream.of(cache, Path.of("/usr/share/datasets/fashion-mnist"))
                .filter(one -> Files.exists(one.resolve("train-images-idx3-ubyte.gz")))
                .findFirst()
                .orElseThrow();
        Path data = folder.resolve("pca");
        Python.run(folder.resolve("python.log"), "sklearn", "pca.py", fashion.toString(), data.toString());

        JsonNode stream = run(data, "--pipelines", "raw-kmeans-10,ae-gmm-10", "--limit", "20000");
        assertThat(stream.required("pipelines")).hasSize(2);

        Path file = folder.resolve("baseline.json");
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("state/kafka"), "127.0.0.1", 0)) {
            String[] evaluate = {
                "evaluate", "--kafka", broker.address(), "--baseline", "--pipelines", "raw-kmeans-10", "--report"
            };
            assertThat(WeftCommand.execute(Stream.concat(Arrays.stream(evaluate), Stream.of(file.toString()))
                            .toArray(String[]::new)))
                    .isZero();
        }
        JsonNode pipeline = new ObjectMapper()
                .readTree(Files.readAllBytes(file))
                .required("pipelines")
                .get(0);
        double batch = pipeline.required("baseline")
                .required("train")
                .required("inertia")
                .asDouble();
        assertThat(pipeline.required("train").required("inertia").asDouble() / batch)
                .isLessThan(1.02);
    }

    private static void picture(Path file, int color, Random random) throws IOException {
        BufferedImage image =
                new BufferedImage(5 + random.nextInt(60), 5 + random.nextInt(60), BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                image.setRGB(x, y, color ^ random.nextInt(0x40) * 0x010101);
            }
        }
        Files.createDirectories(file.resolveSibling(""));
        assertThat(ImageIO.write(image, "png", file.toFile())).isTrue();
    }

    /// @return the one pipeline of the report
    private JsonNode up(Path data, String... options) throws Exception {
        JsonNode json = run(data, options);
        assertThat(json.required("pipelines")).hasSize(1);
        return json.required("pipelines").get(0);
    }

    private JsonNode run(Path data, String... options) throws Exception {
        Path report = folder.resolve("report.json");
        List<String> arguments = new ArrayList<>(List.of("up", "--once", "--report", report.toString()));
        arguments.addAll(List.of(
                "--data", data.toString(), "--dir", folder.resolve("state").toString()));
        arguments.addAll(List.of("--kafka-port", "0", "--port", "0", "--metrics-port", "0"));
        arguments.addAll(List.of(options));
        Captured up = Captured.run(arguments);
        assertThat(up.exitCode()).as(up.log()).isZero();
        JsonNode json = new ObjectMapper().readTree(Files.readAllBytes(report));
        assertThat(json.required("stream").required("deadLetters").asInt()).isZero();
        return json;
    }
}
