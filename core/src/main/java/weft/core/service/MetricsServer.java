package weft.core.service;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Serves `/metrics` in Prometheus format, `/health` (200 while every service is live) and `/ready`.
public final class MetricsServer implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Service> services = new CopyOnWriteArrayList<>();
    private final JvmGcMetrics gc = new JvmGcMetrics();
    // One for each request: who is slow to ask or to read keeps nobody else waiting.
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private final HostCheck hosts;
    private volatile boolean started;

    private MetricsServer(HttpServer server, HostCheck hosts) {
        this.server = server;
        this.hosts = hosts;
        registry.config().meterFilter(KafkaMeters.filter());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        serve("/metrics", new MetricsHandler(registry.getPrometheusRegistry()));
        serve("/health", exchange -> report(exchange, notAll(Service::live)));
        serve("/ready", exchange -> report(exchange, started ? notAll(Service::ready) : "what is being started"));
        server.setExecutor(threads);
        server.start();
    }

    /// Starts on a port; 0 takes a free one.
    ///
    /// @throws UserError where the port is taken
    public static MetricsServer start(String host, int port) {
        try {
            return new MetricsServer(
                    HttpServer.create(new InetSocketAddress(host, port), 16), HostCheck.of(host, List.of()));
        } catch (IOException fault) {
            throw new UserError(
                    "metrics port " + host + ":" + port + " cannot be opened: " + fault.getMessage()
                            + " (--metrics-port, --bind)",
                    fault);
        }
    }

    /// Where meters are registered.
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /// The port that it listens on.
    public int port() {
        return server.getAddress().getPort();
    }

    /// Counts a service into health and readiness.
    public void watch(Service service) {
        services.add(service);
    }

    /// Says that every service is watched: `/ready` is 503 until then, for want of anything to ask.
    public void started() {
        started = true;
    }

    /// Serves a path, and what is under it, beside its own; on a loopback address to this machine's names alone.
    public void serve(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            if (hosts.accepts(exchange.getRequestHeaders().getFirst("Host"))) {
                handler.handle(exchange);
            } else {
                answer(exchange, 403, "not served to readers of this host name\n");
            }
        });
    }

    private String notAll(Predicate<Service> good) {
        return services.stream().filter(good.negate()).map(Service::name).collect(Collectors.joining(", "));
    }

    private static void report(HttpExchange exchange, String bad) throws IOException {
        answer(exchange, bad.isEmpty() ? 200 : 503, (bad.isEmpty() ? "ok" : "not yet: " + bad) + "\n");
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        gc.close();
        registry.close();
    }
}
