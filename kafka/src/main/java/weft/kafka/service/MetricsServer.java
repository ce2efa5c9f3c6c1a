package weft.kafka.service;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Serves `/metrics` in Prometheus format, `/health` (200 while every service is live) and `/ready`.
public final class MetricsServer implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final List<Service> services = new CopyOnWriteArrayList<>();
    private final JvmGcMetrics gc = new JvmGcMetrics();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final HttpServer server;
    private volatile boolean started;

    private MetricsServer(String host, int port, Consumer<RoutesConfig> more) {
        registry.config().meterFilter(KafkaMeters.filter());
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        gc.bindTo(registry);
        server = HttpServer.start(
                new HttpServer.Address("metrics", host, port, "--metrics-port, --bind"),
                HostCheck.of(host, List.of()),
                "not served to readers of this host name",
                routes -> {
                    routes.get("/metrics", this::metrics);
                    routes.get("/health", ctx -> report(ctx, notAll(Service::live)));
                    routes.get(
                            "/ready", ctx -> report(ctx, started ? notAll(Service::ready) : "what is being started"));
                    more.accept(routes);
                });
    }

    /// Starts on a port; 0 takes a free one.
    ///
    /// @throws UserError where the port is taken
    public static MetricsServer start(String host, int port) {
        return start(host, port, _ -> {});
    }

    /// The same with more routes than its own.
    public static MetricsServer start(String host, int port, Consumer<RoutesConfig> more) {
        return new MetricsServer(host, port, more);
    }

    /// Where meters are registered.
    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /// The port that it listens on.
    public int port() {
        return server.port();
    }

    /// Counts a service into health and readiness.
    public void watch(Service service) {
        services.add(service);
    }

    /// Says that every service is watched: `/ready` is 503 until then.
    public void started() {
        started = true;
    }

    private String notAll(Predicate<Service> good) {
        return services.stream().filter(good.negate()).map(Service::name).collect(Collectors.joining(", "));
    }

    private void metrics(Context ctx) throws IOException {
        ExpositionFormatWriter writer = formats.findWriter(ctx.header("Accept"));
        ByteArrayOutputStream text = new ByteArrayOutputStream(1 << 16);
        writer.write(text, registry.getPrometheusRegistry().scrape());
        ctx.contentType(writer.getContentType()).result(text.toByteArray());
    }

    private void report(Context ctx, String bad) {
        StringBuilder text = new StringBuilder(bad.isEmpty() ? "ok" : "not yet: " + bad).append('\n');
        services.forEach(service ->
                service.troubles().forEach(trouble -> text.append(trouble).append('\n')));
        ctx.status(bad.isEmpty() ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .contentType("text/plain; charset=utf-8")
                .result(text.toString());
    }

    @Override
    public void close() {
        server.close();
        gc.close();
        registry.close();
    }
}
