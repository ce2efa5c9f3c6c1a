package weft.monitoring.page;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.HostCheck;
import weft.kafka.service.HttpServer;

/// Serves the page, its pictures and its live stream; it changes nothing anywhere.
final class PageServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);

    /// Live streams at once; more are told to come again later.
    static final int CLIENTS = 256;

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final String UPLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final Presenter presenter;
    private final MapMaker maps;
    private final LiveFrames frames;
    private final HttpServer server;

    private PageServer(String host, int port, HostCheck hosts, Presenter presenter, MapMaker maps, LiveFrames frames) {
        this.presenter = presenter;
        this.maps = maps;
        this.frames = frames;
        server = HttpServer.start(
                new HttpServer.Address("page", host, port, "--port, --bind"),
                hosts,
                "the page is not served to readers of this host name (--hosts)",
                this::routes);
    }

    /// Starts on a port; 0 takes a free one.
    ///
    /// @throws weft.kafka.service.UserError where the port is taken
    static PageServer start(
            String host, int port, HostCheck hosts, Presenter presenter, MapMaker maps, LiveFrames frames) {
        return new PageServer(host, port, hosts, presenter, maps, frames);
    }

    private void routes(RoutesConfig routes) {
        routes.before(PageServer::headers);
        routes.get("/", ctx -> resource(ctx, "/weft/page/index.html"));
        routes.get("/assets/{file}", ctx -> resource(ctx, "/weft/page/" + file(ctx)));
        routes.get("/lib/{file}", ctx -> resource(ctx, UPLOT + file(ctx)));
        routes.get("/api/dataset", ctx -> json(ctx, presenter.dataset()));
        routes.get("/api/history", ctx -> json(ctx, presenter.history()));
        routes.get("/api/frame", ctx -> {
            LiveFrames.View view = view(ctx);
            json(ctx, presenter.frame(view.pipeline(), view.page()));
        });
        routes.get("/api/map/{model}", ctx -> json(ctx, maps.map(ctx.pathParam("model"))));
        routes.get("/api/images/{id}", ctx -> json(ctx, presenter.image(ctx.pathParam("id"))));
        routes.get(
                "/api/clusters/{pipeline}/{cluster}",
                ctx -> json(ctx, presenter.members(ctx.pathParam("pipeline"), cluster(ctx.pathParam("cluster")))));
        routes.get(
                "/strips.png",
                ctx -> png(ctx, presenter.strip(ctx.queryParams("id"), Optional.ofNullable(ctx.queryParam("model")))));
        routes.get("/images/{id}.png", ctx -> png(ctx, presenter.picture(ctx.pathParam("id"))));
        routes.get(
                "/reconstructions/{model}/{id}.png",
                ctx -> png(ctx, presenter.reconstruction(ctx.pathParam("model"), ctx.pathParam("id"))));
        routes.get(
                "/clusters/{pipeline}/{cluster}.png",
                ctx -> png(ctx, presenter.centre(ctx.pathParam("pipeline"), cluster(ctx.pathParam("cluster")))));
        routes.get("/events", this::events);
        routes.exception(
                Unknown.class,
                (fault, ctx) -> HttpServer.fault(ctx, HttpStatus.NOT_FOUND, String.valueOf(fault.getMessage())));
    }

    private static void headers(Context ctx) {
        ctx.header("Content-Security-Policy", POLICY);
        ctx.header("X-Content-Type-Options", "nosniff");
        ctx.header("Referrer-Policy", "no-referrer");
        ctx.header("Cache-Control", "no-cache");
    }

    private static String file(Context ctx) {
        String file = ctx.pathParam("file");
        if (!file.matches("[A-Za-z][A-Za-z0-9-]*(\\.[a-z]+)+")) {
            throw new Unknown("nothing at " + ctx.path());
        }
        return file;
    }

    private static void resource(Context ctx, String path) {
        String type = TYPES.get(path.substring(path.lastIndexOf('.') + 1));
        try (InputStream in = PageServer.class.getResourceAsStream(path)) {
            if (in == null || type == null) {
                throw new Unknown("nothing at " + ctx.path());
            }
            ctx.contentType(type).result(in.readAllBytes());
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static void json(Context ctx, Object view) {
        ctx.contentType("application/json").result(Views.json(view));
    }

    private static void png(Context ctx, byte[] picture) {
        ctx.header("Cache-Control", "max-age=60").contentType("image/png").result(picture);
    }

    private static int cluster(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException fault) {
            throw new Unknown("cluster must be a whole number, not '" + text + "'");
        }
    }

    /// One of few, whatever is asked for: each view that somebody follows is drawn every second.
    private LiveFrames.View view(Context ctx) {
        String page = Optional.ofNullable(ctx.queryParam("page")).orElse("0");
        String pipeline = Optional.ofNullable(ctx.queryParam("pipeline")).orElse("");
        return new LiveFrames.View(pipeline, presenter.page(pipeline, cluster(page)));
    }

    private void events(Context ctx) {
        LiveFrames.View view = view(ctx);
        if (!String.valueOf(ctx.header("Accept")).contains("text/event-stream")) {
            HttpServer.fault(ctx, HttpStatus.NOT_ACCEPTABLE, "/events is a stream of server-sent events");
            return;
        }
        if (!view.pipeline().isEmpty() && !presenter.knows(view.pipeline())) {
            throw new Unknown("no pipeline '" + view.pipeline() + "'");
        }
        if (!frames.join(view)) {
            ctx.header("Retry-After", "30");
            HttpServer.fault(
                    ctx, HttpStatus.SERVICE_UNAVAILABLE, CLIENTS + " live streams are open, more are not served");
            return;
        }
        try {
            follow(ctx, view);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            frames.leave(view);
        }
    }

    /// Tells frames until the client goes; this thread is virtual and may wait as long as the client likes.
    private void follow(Context ctx, LiveFrames.View view) throws InterruptedException {
        ctx.contentType("text/event-stream");
        long seen = 0;
        try {
            ctx.res().flushBuffer();
            OutputStream out = ctx.res().getOutputStream();
            while (!frames.closed()) {
                Optional<LiveFrames.Frame> frame = frames.awaitAfter(view, seen, HEARTBEAT);
                seen = frame.map(LiveFrames.Frame::sequence).orElse(seen);
                // JSON has no line breaks of its own; a comment keeps the connection known to be alive.
                String event = frame.map(one -> "event: frame\nid: " + one.sequence() + "\ndata: " + one.json())
                        .orElse(":");
                out.write((event + "\n\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (IOException gone) {
            LOG.debug("a live stream ended: {}", gone.getMessage());
        }
    }

    int port() {
        return server.port();
    }

    @Override
    public void close() {
        frames.close();
        server.close();
    }
}
