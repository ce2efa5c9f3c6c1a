package weft.standalone.command;

import java.util.List;
import picocli.CommandLine.Option;
import weft.kafka.service.HostCheck;
import weft.monitoring.page.LivePage;

/// Where the live page is.
final class PageOptions {
    @Option(
            names = "--port",
            defaultValue = "8080",
            paramLabel = "PORT",
            description = "Of the live page; 0 for a free one (default: ${DEFAULT-VALUE})")
    private int port = 8080;

    @Option(names = "--open", description = "Opens the page in the browser")
    private boolean open;

    @Option(
            names = "--hosts",
            split = ",",
            paramLabel = "NAME",
            description = "Host names that browsers may ask for the page by (default: this machine's own where --bind"
                    + " is a loopback address, else any)")
    private List<String> hosts = List.of();

    void check() {
        Ports.check("--port", port);
    }

    /// Starts the page, and a browser where one is wanted.
    LivePage start(Parts parts, String host) {
        LivePage page = parts.add(LivePage.start(parts.context(), host, port, HostCheck.of(host, hosts)));
        if (open) {
            Browser.open(address(host, page));
        }
        return page;
    }

    /// Where a browser on this machine finds it.
    static String address(String host, LivePage page) {
        return Ports.url(host, page.port()) + "/";
    }
}
