package weft.standalone.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import weft.standalone.ForeignProgram;

/// The machine's own Chromium, headless, with an empty profile.
final class Browser implements AutoCloseable {
    private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    static Browser start(Path profile) {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(ForeignProgram.require("chromium").toFile());
        options.addArguments(List.of(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + profile));
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(ForeignProgram.require("chromedriver").toFile())
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(1));
        return new Browser(driver);
    }

    void open(String address) {
        driver.get(address);
    }

    /// Pretends to be another screen.
    void screen(int width, int height, double scale, boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", width < 600));
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    WebElement one(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    String text(String selector) {
        return String.valueOf(script("return document.querySelector(arguments[0])?.textContent ?? ''", selector));
    }

    Object script(String script, Object... arguments) {
        return Objects.requireNonNullElse(driver.executeScript(script, arguments), "");
    }

    /// Milliseconds from the navigation to the first paint of content.
    double firstPaint() {
        return ((Number) script("return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"))
                .doubleValue();
    }

    /// What the console has complained about since it was asked last.
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .toList();
    }

    /// Serious and critical findings of axe-core, each with its place, and rules that failed to run.
    List<?> seriousFindings() {
        try (InputStream axe = Objects.requireNonNull(Browser.class.getResourceAsStream(AXE))) {
            driver.executeScript(new String(axe.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return (List<?>) Objects.requireNonNull(driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run().then(result => done(result.violations
                    .filter(one => one.impact === 'serious' || one.impact === 'critical')
                    .map(one => one.id + ': ' + one.nodes.slice(0, 3).map(
                        node => node.html + ' ' + node.any.map(check => check.message).join(' ')).join(' | '))
                    .concat(result.incomplete.filter(one => one.nodes.length === 0)
                        .map(one => one.id + ' could not be checked'))));
                """));
    }

    /// A picture as it stands on the page.
    ///
    /// @param width of the file, in pixels, as its height
    /// @param shownWidth on the page, as its height
    /// @param color of the pixel that was asked for, as 0xRRGGBB
    record Picture(int width, int height, double shownWidth, double shownHeight, int color) {}

    /// The picture that an element shows, as its own or as its background, once it is loaded.
    ///
    /// @param x place of the pixel, from 0 to below 1, as y
    Picture picture(WebElement element, double x, double y) {
        List<?> seen = (List<?>) Objects.requireNonNull(driver.executeAsyncScript("""
                const [element, x, y, done] = arguments;
                const image = new Image();
                image.src = element.src ?? element.style.backgroundImage.slice(5, -2);
                image.decode().then(() => {
                    const canvas = document.createElement("canvas");
                    canvas.width = image.naturalWidth;
                    canvas.height = image.naturalHeight;
                    const context = canvas.getContext("2d");
                    context.drawImage(image, 0, 0);
                    const [red, green, blue] = context.getImageData(x * canvas.width, y * canvas.height, 1, 1).data;
                    const shown = element.getBoundingClientRect();
                    done([canvas.width, canvas.height, shown.width, shown.height, red << 16 | green << 8 | blue]);
                }, fault => done([0, 0, 0, 0, 0]));
                """, element, x, y));
        return new Picture(
                number(seen, 0).intValue(),
                number(seen, 1).intValue(),
                number(seen, 2).doubleValue(),
                number(seen, 3).doubleValue(),
                number(seen, 4).intValue());
    }

    private static Number number(List<?> values, int at) {
        return (Number) values.get(at);
    }

    byte[] picture() {
        return driver.getScreenshotAs(OutputType.BYTES);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
