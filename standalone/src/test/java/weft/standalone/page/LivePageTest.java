package weft.standalone.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;
import weft.standalone.ForeignProgram;

/// A browser looks at the page while images flow; skipped where no Chromium is installed.
@Tag("system")
class LivePageTest {
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @TempDir
    private static Path folder;

    private static UpProcess up;
    private static String page;
    private static Browser browser;

    @BeforeAll
    static void startUp(@TempDir Path profile) throws Exception {
        ForeignProgram.require("chromium");
        ForeignProgram.require("chromedriver");
        up = UpProcess.start(folder, "--rate", "150");
        page = up.page();
        browser = Browser.start(profile);
    }

    @AfterAll
    static void stopUp() throws Exception {
        if (browser != null) {
            browser.close();
        }
        if (up != null) {
            up.close();
        }
    }

    @BeforeEach
    void open() {
        browser.screen(1_400, 900, 1, false);
        // What the test before has left: axe-core, too, makes the console complain.
        browser.complaints();
        browser.open(page);
        await().atMost(PATIENCE).until(() -> browser.all(".cluster .thumb").size() > 30);
    }

    @Test
    void figuresChangeWhileImagesFlowAndTheConsoleIsSilent() {
        System.out.printf("first contentful paint after %.0f ms%n", browser.firstPaint());
        assertThat(browser.all(".pipeline")).hasSize(3);
        assertThat(browser.all(".cluster")).hasSize(10);
        assertThat(browser.text("#status")).isEqualTo("Live");
        double images = number("#flow-images");
        String newest = newest();
        await().atMost(PATIENCE).until(() -> number("#flow-images") > images && !newest().equals(newest));
        assertThat(number("#flow-arriving")).isBetween(50.0, 300.0);
        await().atMost(PATIENCE)
                .until(() -> browser.text(".pipeline .figures b").matches("\\d+\\.\\d %"));
        await().atMost(PATIENCE)
                .until(() -> browser.text("#matrix tbody").chars().anyMatch(Character::isDigit));
        await().atMost(PATIENCE).until(() -> browser.all("#pairs li").size() == 12);
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void theMapIsDrawnAndSaysWhatItShows() {
        await().atMost(PATIENCE)
                .until(() -> browser.one("#map").isDisplayed()
                        && String.valueOf(browser.one("#map").getDomAttribute("aria-label"))
                                .matches("Map of \\d+ recent images in \\d+ groups: .*"));
        browser.one("[data-colour=label]").click();
        assertThat(browser.one("#map").getDomAttribute("aria-label")).contains("Trouser", "Ankle boot");
        browser.one("#map").sendKeys(Keys.ARROW_RIGHT);
        String middle = browser.text("#map-said");
        assertThat(middle).matches(".+, (train|test)-\\d{5}\\. Enter shows it\\.");
        browser.one("#map").sendKeys(Keys.ARROW_RIGHT);
        String said = browser.text("#map-said");
        assertThat(said).isNotEqualTo(middle);
        // A map of newer images comes: Enter shows what was said all the same.
        String drawn = drawnMap();
        await().atMost(PATIENCE).until(() -> !drawnMap().equals(drawn));
        browser.one("#map").sendKeys(Keys.ENTER);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.all("#dialog[open] .placements tbody tr"))
                        .as("assignments in '%s'", browser.text("#dialog"))
                        .hasSize(3));
        assertThat(said).contains(browser.text("#dialog-title"));
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aClusterShowsItsMembersAndAnImageItsAssignmentsByKeyboardToo() {
        awaitMembers();
        browser.one(".cluster-open").sendKeys(Keys.ENTER);
        awaitDialogOfMembers();
        assertThat(browser.text("#dialog-title")).contains("luster 0 of ae-gmm-10");
        browser.one("#dialog .members .thumb").sendKeys(Keys.ENTER);
        await().atMost(PATIENCE)
                .until(() -> browser.all("#dialog .placements tbody tr").size() == 3);
        assertThat(browser.text("#dialog .placements")).contains("raw-kmeans-10", "ae-gmm-10");
        browser.one("#dialog-close").sendKeys(Keys.ESCAPE);
        await().atMost(PATIENCE).until(() -> browser.all("#dialog[open]").isEmpty());
        assertThat(browser.script("return document.activeElement.className")).isEqualTo("cluster-open");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void anotherPipelineShowsItsOwnClusters() {
        browser.one("[data-pipeline=raw-kmeans-10]").click();
        await().atMost(PATIENCE)
                .until(() -> browser.text("#clusters-of").equals("of raw-kmeans-10")
                        && browser.all(".cluster").size() == 10);
        assertThat(browser.one("[data-pipeline=raw-kmeans-10]").getDomAttribute("aria-pressed"))
                .isEqualTo("true");
    }

    @Test
    void axeFindsNothingSerious() {
        assertThat(browser.seriousFindings()).as("light").isEmpty();
        browser.screen(390, 844, 2, true);
        assertThat(browser.seriousFindings()).as("dark, on a phone").isEmpty();
        assertThat(browser.script("return document.documentElement.scrollWidth"))
                .as("nothing sticks out of a phone's screen")
                .isEqualTo(390L);
        awaitMembers();
        browser.one(".cluster-open").click();
        awaitDialogOfMembers();
        assertThat(browser.seriousFindings()).as("dialog").isEmpty();
    }

    @Test
    void picturesHaveAddressesOfTheirOwn() throws Exception {
        String id = String.valueOf(browser.one(".cluster .thumb").getDomAttribute("data-image"));
        try (HttpClient http = HttpClient.newHttpClient()) {
            for (String path : new String[] {"images/" + id, "clusters/ae-gmm-10/3", "reconstructions/ae/" + id}) {
                HttpResponse<byte[]> answer = http.send(
                        HttpRequest.newBuilder(URI.create(page + path + ".png")).build(),
                        HttpResponse.BodyHandlers.ofByteArray());
                assertThat(answer.statusCode()).as(path).isEqualTo(200);
                assertThat(answer.body()).as(path).startsWith(0x89, 'P', 'N', 'G');
            }
        }
    }

    /// The dialog shows the members that the first cluster has when it is opened: in the stream's first seconds few.
    private static void awaitMembers() {
        await().atMost(PATIENCE)
                .until(() -> browser.all(".cluster:first-child .thumb").size() > 5);
    }

    private static void awaitDialogOfMembers() {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(browser.all("#dialog[open] .members .thumb"))
                        .as("members in '%s'", browser.text("#dialog"))
                        .hasSizeGreaterThan(5));
    }

    private static String drawnMap() {
        return String.valueOf(browser.script("return document.querySelector('#map').toDataURL()"));
    }

    private String newest() {
        return String.valueOf(browser.script(
                "return [...document.querySelectorAll('.cluster .thumb')].map(one => one.dataset.image).join()"));
    }

    private double number(String selector) {
        String text = browser.text(selector).replace(",", "");
        return text.matches("\\d+") ? Double.parseDouble(text) : 0;
    }
}
