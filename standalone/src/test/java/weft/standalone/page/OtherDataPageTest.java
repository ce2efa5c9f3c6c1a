package weft.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import weft.core.image.Dataset;
import weft.core.image.ImageValues;
import weft.core.image.Label;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.core.math.Matrix;
import weft.core.model.Assignment;
import weft.core.model.Centroids;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.core.model.Standing;
import weft.kafka.service.DatasetTopic;
import weft.kafka.service.HostCheck;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.TopicSetup;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigures;
import weft.kafka.wire.QualityFigures.OfSlice;
import weft.kafka.wire.QualityFigures.Slice;
import weft.kafka.wire.QualityFigures.Span;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.Topics;
import weft.monitoring.page.LivePage;
import weft.standalone.Families;
import weft.standalone.ForeignProgram;
import weft.standalone.broker.EmbeddedBroker;

/// What a person sees on the page of other data than Fashion-MNIST. Trainer and scorer are not needed for it: images,
/// assignments and figures are written as they would write them.
@Tag("system")
class OtherDataPageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String PIPELINE = "raw-kmeans-3";

    @TempDir
    private static Path folder;

    private static EmbeddedBroker broker;
    private static KafkaConnection kafka;
    private static Browser browser;

    private final List<Throwable> failures = new CopyOnWriteArrayList<>();
    private Optional<LivePage> page = Optional.empty();

    @BeforeAll
    static void start(@TempDir Path profile) throws Exception {
        ForeignProgram.require("chromium");
        ForeignProgram.require("chromedriver");
        broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0);
        kafka = KafkaConnection.to(broker.address(), Map.of());
        browser = Browser.start(profile);
        browser.screen(1_400, 900, 1, false);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @AfterEach
    void close() {
        // What a page says of a server that ends is no matter here.
        browser.open("about:blank");
        page.ifPresent(LivePage::close);
        browser.complaints();
        assertThat(failures).isEmpty();
    }

    @Test
    void twoHundredLabels() throws Exception {
        Shape shape = new Shape.Image(8, 8, 1);
        open("many", shape, 600, i -> grey(64, 40 + 80 * (i % 3)), i -> "kind " + i % 200);

        await().atMost(PATIENCE)
                .until(() -> browser.text("#matrix-note").contains("Shown are the 30 most common of 200 labels."));
        await().atMost(PATIENCE).until(() -> columns().getFirst().startsWith("kind "));
        assertThat(columns()).hasSize(30).doesNotHaveDuplicates().allMatch(name -> name.matches("kind \\d{1,3}"));
        assertThat(browser.all("#matrix tbody tr")).hasSize(3);
        assertThat(browser.text("#matrix tbody tr th")).startsWith("first 0");
        assertPictures(8, 8, 1, 0.5, 0x282828, 0x787878, 0xC8C8C8);
        assertThat(browser.script("return document.documentElement.scrollWidth <= innerWidth"))
                .as("nothing sticks out")
                .isEqualTo(true);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void picturesInColour() throws Exception {
        int[] colours = {0xC80000, 0x00B400, 0x0000DC};
        List<String> names = List.of("red", "green", "blue");
        open("colour", new Shape.Image(6, 4, 3), 300, i -> rgb(24, colours[i % 3]), i -> names.get(i % 3));

        await().atMost(PATIENCE).until(() -> columns().size() == 3);
        assertThat(columns()).containsExactlyElementsOf(names);
        assertPictures(6, 4, 1.5, 0.5, colours);
        assertThat(browser.all("#matrix tbody td").stream().map(WebElement::getText))
                .containsExactly("100", "", "", "", "100", "", "", "", "100");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void vectorsAreStrips() throws Exception {
        open("vector", new Shape.Vector(64), 300, i -> vector(64, i % 3), _ -> "");

        // Rising, falling and flat, on the left: least, greatest, middle.
        assertPictures(64, 8, 8, 0.001, 0x000000, 0xFFFFFF, 0x808080);
        assertThat(browser.one("#matrix").isDisplayed())
                .as("there are no labels")
                .isFalse();
        assertThat(browser.text("#pairs-hint")).contains("the vector that came");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void anEventIsMarkedAndAStrangeImageIsShown() throws Exception {
        Topics topics = new Topics("happened");
        open("happened", new Shape.Image(8, 8, 1), 300, i -> grey(64, 40 + 80 * (i % 3)), i -> "kind " + i % 3);
        assertThat(browser.one("#events-empty").isDisplayed()).isTrue();
        assertThat(browser.one("#strangest-empty").isDisplayed()).isTrue();

        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            accuracy(producer, topics, 400, 0.5);
            accuracy(producer, topics, 600, 0.7);
            happened(producer, topics, StreamEvent.Kind.DRIFT, 450, Map.of("signal", "distances", "strength", 0.31));
            happened(producer, topics, StreamEvent.Kind.SPLIT, 460, Map.of("cluster", 2, "from", 1, "generation", 4));
            long offset = producer.send(new ProducerRecord<>(topics.images(), "foreign", grey(64, 250)))
                    .get()
                    .offset();
            AssignmentEvent strange = assignment("foreign", 2, "", offset, Optional.of(new Standing(0.99987, 0)));
            producer.send(new ProducerRecord<>(topics.assignments(), "foreign", strange.toJson()))
                    .get();
        }

        await().atMost(PATIENCE).until(() -> browser.all(".mark").size() == 2);
        String drift = "Drift · raw: by the distances, strength 31 %, after 450 images";
        assertThat(browser.one("#chart-accuracy .mark").getDomAttribute("title"))
                .isEqualTo(drift);
        assertThat(browser.one("#chart-homogeneity .mark").getDomAttribute("title"))
                .isEqualTo(drift);
        // The curve begins at 300 images and ends at 600.
        double place = ((Number) browser.script("const mark = document.querySelector('#chart-accuracy .mark');"
                        + "return parseFloat(mark.style.left) / mark.parentElement.clientWidth"))
                .doubleValue();
        assertThat(place).isCloseTo(0.5, within(0.01));

        await().atMost(PATIENCE).until(() -> browser.all("#events li").size() == 2);
        assertThat(browser.text("#events li:nth-child(1)"))
                .startsWith("Cluster splitrawcluster 2 comes from cluster 1, generation 4");
        assertThat(browser.text("#events li:nth-child(2)")).startsWith("Driftrawby the distances, strength 31 %");
        assertThat(browser.one("#events-empty").isDisplayed()).isFalse();

        await().atMost(PATIENCE).until(() -> browser.all("#strangest li").size() == 1);
        assertThat(browser.text("#strangest li")).isEqualTo("99.98 % of #2");
        assertThat(browser.picture(browser.one("#strangest .tile"), 0.5, 0.5).color())
                .isEqualTo(0xFAFAFA);
        browser.one("#strangest .thumb").click();
        await().atMost(PATIENCE)
                .until(() -> browser.all("#dialog[open] .placements tbody tr").size() == 1);
        assertThat(browser.text("#dialog-title")).isEqualTo("foreign");
        assertThat(browser.text("#dialog .placements tbody")).contains("0.9999");
        // Before axe-core, which makes the console complain.
        assertThat(browser.complaints()).isEmpty();
        browser.one("#dialog-close").click();
        assertThat(browser.seriousFindings()).isEmpty();
    }

    private static void accuracy(Producer<String, byte[]> producer, Topics topics, int images, double accuracy)
            throws Exception {
        QualityEvent quality = new QualityEvent(
                PIPELINE,
                512,
                Instant.now(),
                List.of(
                        QualityFigures.IMAGES.of(images),
                        OfSlice.ACCURACY.of(Slice.PREQUENTIAL, Span.WINDOW).of(accuracy)));
        producer.send(new ProducerRecord<>(topics.quality(), PIPELINE, quality.toJson()))
                .get();
    }

    private static void happened(
            Producer<String, byte[]> producer,
            Topics topics,
            StreamEvent.Kind kind,
            long images,
            Map<String, Object> details)
            throws Exception {
        StreamEvent event = new StreamEvent(Instant.now(), kind, "raw", images, images, Optional.empty(), details);
        producer.send(new ProducerRecord<>(topics.events(), event.key(), event.toJson()))
                .get();
    }

    /// Centres and newest members of all three clusters have this size, on the page this shape, and each its colour.
    private static void assertPictures(int width, int height, double aspect, double x, int... colours) {
        await().atMost(PATIENCE)
                .until(() -> browser.all(".cluster img.tile[src]").size() == 3
                        && browser.all(".cluster").stream()
                                .noneMatch(one -> thumbs(one).isEmpty()));
        List<WebElement> clusters = browser.all(".cluster");
        for (int c = 0; c < 3; c++) {
            String centre = ".cluster[data-cluster='" + c + "'] img.tile";
            Browser.Picture picture = browser.picture(browser.one(centre), x, 0.5);
            assertThat(picture.width()).as(centre).isEqualTo(width);
            assertThat(picture.height()).as(centre).isEqualTo(height);
            assertThat(picture.shownWidth() / picture.shownHeight()).as(centre).isCloseTo(aspect, within(0.1 * aspect));
            assertThat(picture.shownWidth()).as(centre).isGreaterThan(20);
            assertThat(picture.color()).as(centre).isEqualTo(colours[c]);

            List<WebElement> thumbs = thumbs(clusters.get(c));
            Browser.Picture strip = browser.picture(thumbs.getFirst(), x / thumbs.size(), 0.5);
            assertThat(strip.width()).as("members of " + c).isEqualTo(width * thumbs.size());
            assertThat(strip.height()).as("members of " + c).isEqualTo(height);
            // A strip is as high as a finger needs it, so it is stretched there.
            boolean flat = aspect > 2.5;
            assertThat(flat ? strip.shownHeight() : strip.shownWidth() / strip.shownHeight())
                    .as("members of " + c)
                    .isCloseTo(flat ? 24 : aspect, within(0.1 * aspect));
            assertThat(strip.shownWidth()).as("members of " + c).isGreaterThan(flat ? 60 : 20);
            assertThat(strip.color()).as("members of " + c).isEqualTo(colours[c]);
        }
    }

    /// The tiles of a cluster's newest members, once their pictures are laid onto them.
    private static List<WebElement> thumbs(WebElement cluster) {
        return cluster.findElements(By.cssSelector(".thumb .tile[style]"));
    }

    private static List<String> columns() {
        return browser.all("#matrix thead th").stream()
                .map(one -> String.valueOf(one.getDomAttribute("title")))
                .toList();
    }

    /// Writes images of three clusters in turn, and opens the page of them.
    ///
    /// @param label empty where an image has none
    private void open(String prefix, Shape shape, int images, IntFunction<byte[]> values, IntFunction<String> label)
            throws Exception {
        Topics topics = new Topics(prefix);
        Dataset dataset = new Dataset(prefix, shape, List.of());
        TopicSetup.ensure(kafka, topics, Optional.of(1), (short) 1);
        DatasetTopic.tell(kafka, topics, dataset);
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            for (int i = 0; i < images; i++) {
                String id = "image-" + i;
                ProducerRecord<String, byte[]> image = new ProducerRecord<>(topics.images(), id, values.apply(i));
                String name = label.apply(i);
                if (!name.isEmpty()) {
                    image.headers().add("label", name.getBytes(StandardCharsets.UTF_8));
                }
                // The only ones of the topic's one partition, so each stands at the offset of its number.
                Future<?> _ = producer.send(image);
                Future<?> _ = producer.send(new ProducerRecord<>(
                        topics.assignments(),
                        id,
                        assignment(id, i % 3, name, i, Optional.empty()).toJson()));
            }
            producer.flush();
            producer.send(new ProducerRecord<>(topics.models(), "raw", snapshot(shape, values)))
                    .get();
            QualityEvent quality =
                    new QualityEvent(PIPELINE, 512, Instant.now(), List.of(QualityFigures.IMAGES.of(images)));
            producer.send(new ProducerRecord<>(topics.quality(), PIPELINE, quality.toJson()))
                    .get();
        }
        LivePage live = LivePage.start(
                new ServiceContext(
                        kafka,
                        topics,
                        dataset,
                        Families.SNAPSHOTS,
                        new SimpleMeterRegistry(),
                        Clock.systemUTC(),
                        failures::add),
                "127.0.0.1",
                0,
                HostCheck.of("127.0.0.1", List.of()));
        page = Optional.of(live);
        browser.open("http://127.0.0.1:" + live.port() + "/");
        await().atMost(PATIENCE).until(() -> browser.all(".cluster").size() == 3);
    }

    /// The model whose centres are the first three images.
    private static byte[] snapshot(Shape shape, IntFunction<byte[]> values) {
        float[] centres = new float[3 * shape.values()];
        for (int c = 0; c < 3; c++) {
            ImageValues.of(shape, values.apply(c)).toFloats(centres, c * shape.values());
        }
        return Families.SNAPSHOTS.encode(new Snapshot(
                new Model(
                        ModelName.main("raw"),
                        shape,
                        new IdentityEncoder(shape.values()),
                        Optional.empty(),
                        Map.of(
                                PipelineName.parse(PIPELINE),
                                new Centroids(Matrix.of(3, shape.values(), centres), false))),
                new Provenance(512, Map.of(), 1, Map.of(), Map.of(), "test")));
    }

    private static AssignmentEvent assignment(
            String id, int cluster, String label, long offset, Optional<Standing> standing) {
        Instant now = Instant.now();
        return new AssignmentEvent(
                id,
                0,
                PIPELINE,
                512,
                new Assignment(cluster, 1, 0.5),
                standing,
                Optional.of(List.of("first", "second", "third").get(cluster)),
                label.isEmpty() ? Optional.empty() : Optional.of(new Label(label, OptionalInt.empty())),
                Split.TRAIN,
                false,
                0,
                offset,
                now,
                now);
    }

    private static byte[] grey(int pixels, int level) {
        byte[] image = new byte[pixels];
        Arrays.fill(image, (byte) level);
        return image;
    }

    private static byte[] rgb(int pixels, int colour) {
        ByteBuffer image = ByteBuffer.allocate(3 * pixels);
        while (image.hasRemaining()) {
            image.put((byte) (colour >> 16)).put((byte) (colour >> 8)).put((byte) colour);
        }
        return image.array();
    }

    /// Rises, falls or stays the same.
    private static byte[] vector(int dimension, int kind) {
        ByteBuffer values = ByteBuffer.allocate(4 * dimension).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < dimension; i++) {
            values.putFloat(kind == 2 ? 7 : kind == 0 ? i : -i);
        }
        return values.array();
    }
}
