package weft.scorer.lookup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
            } catch (BadQueryException bad) {
                send(exchange, 400, Answers.error(String.valueOf(bad.getMessage())));
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
                    Map<String, String> parameters = parameters(query, "slice", "window");
                    String window = parameters.getOrDefault("window", "false");
                    if (!window.equals("true") && !window.equals("false")) {
                        throw new BadQueryException(
                                "window must be true or false, not " + NotFoundException.shown(window));
                    }
                    return answers.confusion(
                            path.get(1), parameters.getOrDefault("slice", "prequential"), window.equals("true"));
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

    private static Map<String, String> parameters(Optional<String> query, String... known) {
        Map<String, String> parameters = new HashMap<>();
        for (String pair : query.orElse("").split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!name.isEmpty() && !List.of(known).contains(name)) {
                throw new BadQueryException(
                        "unknown parameter " + NotFoundException.shown(name) + ": " + String.join(", ", known));
            }
            parameters.put(name, equals < 0 ? "" : decode(pair.substring(equals + 1)));
        }
        return parameters;
    }

    /// What is asked for makes no sense, wherever it is asked.
    private static final class BadQueryException extends RuntimeException {
        private static final long serialVersionUID = 1;

        BadQueryException(String message) {
            super(message);
        }
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
