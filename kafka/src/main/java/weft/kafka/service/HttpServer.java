package weft.kafka.service;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpResponseException;
import io.javalin.http.HttpStatus;
import io.javalin.http.NotFoundResponse;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one HTTP server: read only, on virtual threads, within bounds, for readers that name this host.
///
/// 1. A client that does not read holds a virtual thread and the system's send buffer, and nobody else.
/// 2. What is not there or makes no sense is one line of JSON: `{"error": …}`.
/// 3. A host name that is not served is refused before any route is called.
public final class HttpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HttpServer.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CONNECTIONS = 1_024;

    /// A client that takes nothing for so long is let go.
    private static final Duration IDLE = Duration.ofSeconds(30);

    /// Of the operating system, for each connection: what a client does not read waits here, and no more.
    private static final int SEND_BUFFER = 64 << 10;

    /// Where a server listens.
    ///
    /// @param what its name in messages
    /// @param port 0 for a free one
    /// @param flags the options that set the address, for messages
    public record Address(String what, String host, int port, String flags) {}

    /// What is told where something went wrong.
    public record Fault(String error) {}

    private final Javalin javalin;

    private HttpServer(Javalin javalin) {
        this.javalin = javalin;
    }

    /// Starts to serve.
    ///
    /// @param refusal told to readers of another host name
    /// @throws UserError where the port cannot be opened
    public static HttpServer start(Address address, HostCheck hosts, String refusal, Consumer<RoutesConfig> routes) {
        Javalin javalin = Javalin.create(config -> {
            configure(config, address);
            config.routes.before(ctx -> {
                if (!hosts.accepts(ctx.header("Host"))) {
                    throw new ForbiddenResponse(refusal);
                }
            });
            faults(config.routes);
            routes.accept(config.routes);
        });
        try {
            javalin.start();
        } catch (RuntimeException fault) {
            javalin.stop();
            throw new UserError(
                    address.what() + " port " + address.host() + ":" + address.port() + " cannot be opened: "
                            + cause(fault) + " (" + address.flags() + ")",
                    fault);
        }
        return new HttpServer(javalin);
    }

    private static void configure(JavalinConfig config, Address address) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.router.ignoreTrailingSlashes = false;
        config.jetty.modifyServer(server -> {
            server.setStopTimeout(0);
            server.addBean(new NetworkConnectionLimit(CONNECTIONS, server));
        });
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
            connector.setHost(address.host());
            connector.setPort(address.port());
            connector.setIdleTimeout(IDLE.toMillis());
            connector.setAcceptedSendBufferSize(SEND_BUFFER);
            return connector;
        });
    }

    private static void faults(RoutesConfig routes) {
        routes.exception(NotFoundResponse.class, (_, ctx) -> {
            String path = ctx.req().getRequestURI();
            fault(ctx, HttpStatus.NOT_FOUND, "nothing is at " + shown(path));
        });
        routes.exception(HttpResponseException.class, (fault, ctx) -> {
            HttpStatus status = HttpStatus.forStatus(fault.getStatus());
            if (status == HttpStatus.METHOD_NOT_ALLOWED) {
                ctx.header("Allow", "GET");
                fault(ctx, status, "only GET is answered");
            } else {
                fault(ctx, status, String.valueOf(fault.getMessage()));
            }
        });
        routes.exception(Exception.class, (fault, ctx) -> {
            LOG.warn("request {} failed", ctx.path(), fault);
            fault(ctx, HttpStatus.INTERNAL_SERVER_ERROR, "the request failed; the log says why");
        });
    }

    /// Text as somebody sent it, cut.
    public static String shown(String text) {
        return "'" + (text.length() > 100 ? text.substring(0, 100) + "…" : text) + "'";
    }

    /// Answers with one line of JSON that says what is wrong.
    public static void fault(Context ctx, HttpStatus status, String message) {
        ctx.status(status);
        json(ctx, new Fault(message));
    }

    /// Answers with a record, a map or a list as JSON.
    public static void json(Context ctx, Object value) {
        try {
            ctx.contentType("application/json").result(JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    private static String cause(Throwable fault) {
        Throwable cause = fault;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    /// The port that it listens on.
    public int port() {
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
