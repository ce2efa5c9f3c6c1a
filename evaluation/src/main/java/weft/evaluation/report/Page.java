package weft.evaluation.report;

import java.util.List;
import java.util.Optional;

/// An HTML page that carries everything in itself.
final class Page {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
            <title>Weft: what was learnt</title>
            <style>
            :root { color-scheme: light dark; }
            body { font: 16px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-weight: 600; } h2 { margin-top: 3rem; font-weight: 600; } h3 { font-weight: 500; margin-bottom: .3rem; }
            pre { overflow-x: auto; font-size: .8rem; padding: 1rem; border: 1px solid #8884; border-radius: .5rem; }
            .chart { background: #fff; border-radius: .5rem; padding: .5rem; margin: 1rem 0; overflow-x: auto; }
            .chart svg { max-width: 100%; height: auto; }
            .tiles { display: flex; flex-wrap: wrap; gap: .4rem; }
            figure { margin: 0; width: 4.6rem; text-align: center; }
            figure img { width: 4.2rem; height: 4.2rem; image-rendering: pixelated; border-radius: .25rem; }
            figcaption { font-size: .68rem; line-height: 1.2; }
            </style>
            </head>
            <body>
            <h1>Weft: what was learnt</h1>
            """;

    /// An image with its title and, where it has one, its caption.
    record Tile(String address, String title, Optional<String> caption) {}

    private final StringBuilder body = new StringBuilder(HEAD);

    void heading(String text) {
        body.append("<h2>").append(escape(text)).append("</h2>\n");
    }

    void paragraph(String text) {
        body.append("<p>").append(escape(text)).append("</p>\n");
    }

    void preformatted(String text) {
        body.append("<pre>").append(escape(text)).append("</pre>\n");
    }

    /// @param title says in words what the chart shows, for those who cannot see it
    void chart(String title, String svg) {
        body.append("<div class=\"chart\" role=\"img\" aria-label=\"")
                .append(escape(title))
                .append("\">")
                .append(svg)
                .append("</div>\n");
    }

    void tiles(String title, List<Tile> tiles) {
        body.append("<h3>").append(escape(title)).append("</h3>\n<div class=\"tiles\">\n");
        for (Tile tile : tiles) {
            body.append("<figure><img src=\"")
                    .append(tile.address())
                    .append("\" alt=\"")
                    .append(escape(tile.title()))
                    .append("\" title=\"")
                    .append(escape(tile.title()))
                    .append("\">");
            tile.caption()
                    .ifPresent(caption ->
                            body.append("<figcaption>").append(escape(caption)).append("</figcaption>"));
            body.append("</figure>\n");
        }
        body.append("</div>\n");
    }

    String text() {
        return body + "</body>\n</html>\n";
    }

    /// Ids and prefixes come from other people's records.
    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
