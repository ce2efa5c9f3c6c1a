package weft.producer.dataset;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// A web address below which the four compressed files lie.
///
/// @param base ends with a slash
record WebSite(URI base) implements DatasetSource {
    static final WebSite OFFICIAL =
            new WebSite(URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/"));

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration FILE_TIMEOUT = Duration.ofMinutes(10);
    private static final long MAX_BYTES = 64L << 20;
    private static final int OK = 200;

    WebSite {
        if (!base.toString().endsWith("/")) {
            throw new IllegalArgumentException("base must end with a slash, not " + base);
        }
    }

    @Override
    public void fetchInto(Path folder) throws IOException, InterruptedException {
        var client = HttpClient.newBuilder()
                .connectTimeout(CONNECT_TIMEOUT)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        try {
            for (DataFile file : DataFile.values()) {
                fetch(client, base.resolve(file.gzipName()), folder.resolve(file.gzipName()));
            }
        } finally {
            client.shutdownNow();
        }
    }

    private static void fetch(HttpClient client, URI address, Path target) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address).build();
        HttpResponse.BodyHandler<Path> body = response ->
                response.statusCode() == OK ? BodySubscribers.ofFile(target) : BodySubscribers.replacing(target);
        // The request's own timeout would end with the headers, and a body can stall too.
        var exchange = client.sendAsync(request, BodyHandlers.limiting(body, MAX_BYTES));
        try {
            int status =
                    exchange.get(FILE_TIMEOUT.toSeconds(), TimeUnit.SECONDS).statusCode();
            if (status != OK) {
                throw new IOException(address + " answered with status " + status);
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IOException cause ? cause : new IOException(Reason.of(e), e);
        } catch (TimeoutException e) {
            throw new IOException(address + " took more than " + FILE_TIMEOUT.toMinutes() + " minutes", e);
        }
    }

    @Override
    public String toString() {
        return base.toString();
    }
}
