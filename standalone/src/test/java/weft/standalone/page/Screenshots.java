package weft.standalone.page;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Makes the pictures of the docs from a real run; CONTRIBUTING.md has the command. Not one of the tests, hence
/// the name.
@Tag("system")
class Screenshots {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    @TempDir
    private Path folder;

    @Test
    void picturesOfTheDocs() throws Exception {
        Path images = Files.createDirectories(Path.of(System.getProperty("weft.screenshots")));
        try (UpProcess up = UpProcess.start(folder, "--rate", "800");
                Browser browser = Browser.start(folder.resolve("profile"))) {
            browser.screen(1_200, 760, 1, false);
            browser.open(up.page());
            await().atMost(PATIENCE)
                    .until(() -> browser.text("#flow-images").matches("[3-9]\\d,\\d{3}")
                            && browser.text("#map-note").startsWith("1000 "));
            shoot(browser, "#pipelines-title", images.resolve("page.png"));
            shoot(browser, "#clusters", images.resolve("page-clusters.png"));
            shoot(browser, "#map-title", images.resolve("page-map.png"));
            browser.screen(390, 760, 1.5, true);
            shoot(browser, "#clusters", images.resolve("page-phone-dark.png"));
        }
    }

    @Test
    void pictureOfTheNetworks() throws Exception {
        Path images = Files.createDirectories(Path.of(System.getProperty("weft.screenshots")));
        try (UpProcess up = UpProcess.start(folder, "--pipelines", "imsat-10", "--rate", "800");
                Browser browser = Browser.start(folder.resolve("profile"))) {
            browser.screen(1_000, 560, 1, false);
            browser.open(up.page());
            await().atMost(PATIENCE).until(() -> browser.text("#flow-images").matches("([5-9]\\d|\\d{3}),\\d{3}"));
            shoot(browser, "#pipelines-title", images.resolve("page-imsat.png"));
        }
    }

    private static void shoot(Browser browser, String top, Path file) throws IOException {
        browser.script("""
                scrollTo({top: document.querySelector(arguments[0]).getBoundingClientRect().top + scrollY - 110,
                    behavior: 'instant'})""", top);
        browser.script("return new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        Files.write(file, browser.picture());
    }
}
