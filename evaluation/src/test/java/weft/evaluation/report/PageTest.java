package weft.evaluation.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import weft.core.image.Shape;
import weft.testing.TestData;

class PageTest {
    @Test
    void whatOthersWroteIsText() {
        Page page = new Page();
        page.heading("<script>alert(1)</script>");
        page.tiles("a & b", List.of(new Page.Tile("data:image/png;base64,AA==", "\"onload='x'", Optional.of("<b>"))));

        assertThat(page.text())
                .contains("<h2>&lt;script&gt;alert(1)&lt;/script&gt;</h2>", "<h3>a &amp; b</h3>")
                .contains("alt=\"&quot;onload&#61;&#39;x&#39;\"", "<figcaption>&lt;b&gt;</figcaption>")
                .doesNotContain("<script");
    }

    @Test
    void aPictureIsAPngOfTheVeryPixels() throws Exception {
        float[] pixels = new float[784];
        pixels[0] = 1;
        pixels[29] = 0.4f;
        pixels[783] = 7;
        String address = new Picture(new Shape.Image(28, 28, 1)).address(pixels);

        assertThat(address).startsWith("data:image/png;base64,");
        var image = ImageIO.read(
                new ByteArrayInputStream(Base64.getDecoder().decode(address.substring(address.indexOf(',') + 1))));
        assertThat(image.getWidth()).isEqualTo(28);
        assertThat(image.getRaster().getSample(0, 0, 0)).isEqualTo(255);
        assertThat(image.getRaster().getSample(1, 1, 0)).isEqualTo(102);
        assertThat(image.getRaster().getSample(27, 27, 0)).isEqualTo(255);
        assertThat(image.getRaster().getSample(5, 5, 0)).isZero();
    }

    @Test
    void chartsAreSvgOfTheirData() {
        String line = line(.5, .7);
        String confusion =
                Charts.confusion(TestData.FASHION.classes(), Map.of(0, new long[] {7, 0, 0, 0, 0, 0, 0, 0, 0, 4711}));

        assertThat(line).startsWith("<svg").endsWith("</svg>\n").isNotEqualTo(line(.5, .6));
        assertThat(confusion).startsWith("<svg").as("the shade of the most").contains("fill:rgb(8,48,107)");
    }

    private static String line(double... y) {
        List<Double> values = Arrays.stream(y).boxed().toList();
        String svg = Charts.lines("K", "accuracy", List.of(new Charts.Line("raw", List.of(10, 64), values)), true);
        return svg.replaceAll("clip\\d+", "clip");
    }
}
