package weft.evaluation.report;

import com.github.mustachejava.DefaultMustacheFactory;
import com.github.mustachejava.Mustache;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An HTML page that carries everything in itself; its template is `page.mustache`, which escapes all text.
final class Page {
    private static final Mustache TEMPLATE =
            new DefaultMustacheFactory("weft/evaluation/report").compile("page.mustache");

    /// An image with its title and, where it has one, its caption.
    record Tile(String address, String title, Optional<String> caption) {}

    /// What the template shows one after the other; exactly one of its parts is there.
    record Block(
            Optional<String> heading,
            Optional<String> paragraph,
            Optional<String> preformatted,
            Optional<Chart> chart,
            Optional<Row> row) {
        private static Block of(Optional<Chart> chart, Optional<Row> row) {
            return new Block(Optional.empty(), Optional.empty(), Optional.empty(), chart, row);
        }

        private static Block of(Optional<String> heading, Optional<String> paragraph, Optional<String> preformatted) {
            return new Block(heading, paragraph, preformatted, Optional.empty(), Optional.empty());
        }
    }

    /// @param title says in words what the chart shows, for those who cannot see it
    record Chart(String title, String svg) {}

    /// Images side by side.
    record Row(String title, List<Tile> tiles) {}

    private final List<Block> blocks = new ArrayList<>();

    void heading(String text) {
        blocks.add(Block.of(Optional.of(text), Optional.empty(), Optional.empty()));
    }

    void paragraph(String text) {
        blocks.add(Block.of(Optional.empty(), Optional.of(text), Optional.empty()));
    }

    void preformatted(String text) {
        blocks.add(Block.of(Optional.empty(), Optional.empty(), Optional.of(text)));
    }

    void chart(String title, String svg) {
        blocks.add(Block.of(Optional.of(new Chart(title, svg)), Optional.empty()));
    }

    void tiles(String title, List<Tile> tiles) {
        blocks.add(Block.of(Optional.empty(), Optional.of(new Row(title, tiles))));
    }

    String text() {
        return TEMPLATE.execute(new StringWriter(), new Blocks(blocks)).toString();
    }

    private record Blocks(List<Block> blocks) {}
}
