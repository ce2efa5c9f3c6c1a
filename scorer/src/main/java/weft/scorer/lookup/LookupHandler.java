package weft.scorer.lookup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.PipelineName;
import weft.scorer.models.ModelRegistry;

/// Read-only look-up under [#PATH]: quality, confusion, clusters, provenance and the assignments of an image.
public final class LookupHandler implements HttpHandler {
    /// Everything is under it.
    public static final String PATH = "/v1/";

    private static final Logger LOG = LoggerFactory.getLogger(LookupHandler.class);

    private final Answers answers;

    /// Answers for these pipelines.
    public LookupHandler(List<PipelineName> pipelines, ModelRegistry models, LookupFeed feed, Clock clock) {
        answers = new Answers(pipelines, models, feed, clock);
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (!exchange.getRequestMethod().equals("GET")) {
                exchange.getResponseHeaders().set("Allow", "GET");
                send(exchange, 405, Answers.error("only GET is answered"));
                return;
            }
            try {
                send(exchange, 200, answer(exchange));
            } catch (NotFoundException unknown) {
                send(exchange, 404, Answers.error(String.valueOf(unknown.getMessage())));
            } catch (IllegalArgumentException badEscape) {
                send(exchange, 400, Answers.error("the address cannot be read"));
            } catch (RuntimeException fault) {
                LOG.warn("look-up {} failed", exchange.getRequestURI().getPath(), fault);
                send(exchange, 500, Answers.error("the look-up failed; the log says why"));
            }
        }
    }

    private byte[] answer(HttpExchange exchange) {
        String rawPath = exchange.getRequestURI().getRawPath();
        List<String> path = Arrays.stream(rawPath.substring(PATH.length()).split("/", -1))
                .map(LookupHandler::decode)
                .toList();
        Optional<String> query = Optional.ofNullable(exchange.getRequestURI().getRawQuery());
        int parts = path.size();
        String first = path.getFirst();
        if (first.equals("pipelines") && parts == 1) {
            return answers.pipelines();
        }
        if (first.equals("pipelines") && parts == 3) {
            switch (path.get(2)) {
                case "quality" -> {
                    return answers.quality(path.get(1));
                }
                case "confusion" -> {
                    String slice = parameter(query, "slice").orElse("prequential");
                    boolean window =
                            parameter(query, "window").filter("true"::equals).isPresent();
                    return answers.confusion(path.get(1), slice, window);
                }
                case "clusters" -> {
                    return answers.clusters(path.get(1));
                }
                default -> {}
            }
        }
        if (first.equals("pipelines") && parts == 4 && path.get(2).equals("clusters")) {
            return answers.cluster(path.get(1), path.get(3));
        }
        if (first.equals("models") && parts == 1) {
            return answers.models();
        }
        if (first.equals("models") && parts == 2) {
            return answers.model(path.get(1));
        }
        if (first.equals("images") && parts == 2) {
            return answers.image(path.get(1));
        }
        throw new NotFoundException("nothing is at " + NotFoundException.shown(rawPath));
    }

    private static Optional<String> parameter(Optional<String> query, String name) {
        return query.stream()
                .flatMap(text -> Arrays.stream(text.split("&")))
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> decode(pair.substring(name.length() + 1)))
                .findFirst();
    }

    private static String decode(String part) {
        // In a path a plus is a plus.
        return URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, byte[] json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, json.length);
        exchange.getResponseBody().write(json);
    }
}
