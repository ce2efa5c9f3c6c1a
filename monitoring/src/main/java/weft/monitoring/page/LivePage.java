package weft.monitoring.page;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import weft.kafka.service.HostCheck;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.SteadyClock;
import weft.kafka.service.UserError;
import weft.monitoring.Loop;

/// The live page: reads the topics as anybody could and shows them to browsers.
public final class LivePage implements Service {
    private static final long REFRESH_MILLIS = 1_000;

    /// Work of a cycle is bounded by the records of a poll, and so is what the page costs.
    private static final Map<String, String> STREAM = Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1500",
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "4194304",
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");

    private static final long PAUSE_MILLIS = 150;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Loop> loops;
    private final PageServer server;

    private LivePage(ServiceContext context, String host, int port, HostCheck hosts) {
        Clock steady = SteadyClock.from(context.clock());
        PageState state = new PageState(context.clock(), steady);
        Presenter presenter = new Presenter(state);
        MapMaker maps = new MapMaker(state, steady);
        LiveFrames frames =
                new LiveFrames(PageServer.CLIENTS, view -> Views.json(presenter.frame(view.pipeline(), view.page())));
        server = PageServer.start(host, port, hosts, presenter, maps, frames);
        parts.push(server);
        try {
            loops = List.of(
                    keep(followStream(context, state)),
                    keep(followFacts(context, state)),
                    keep(Loop.start("page-maps", maps::cycle, () -> {}, context.onFailure())),
                    keep(Loop.start("page-frames", () -> refresh(frames), () -> {}, context.onFailure())));
            // First to end: the loop may be waiting for a map.
            parts.push(maps);
        } catch (RuntimeException fault) {
            maps.close();
            close();
            throw fault;
        }
    }

    private Loop keep(Loop loop) {
        parts.push(loop);
        return loop;
    }

    private static void refresh(LiveFrames frames) throws InterruptedException {
        frames.refresh();
        Thread.sleep(REFRESH_MILLIS);
    }

    /// Starts to read and to serve.
    ///
    /// @param port 0 for a free one
    /// @param hosts names that browsers may ask for it by
    /// @throws UserError where the port is taken
    public static LivePage start(ServiceContext context, String host, int port, HostCheck hosts) {
        return new LivePage(context, host, port, hosts);
    }

    private static Loop followStream(ServiceContext context, PageState state) {
        Consumer<String, byte[]> assignments = context.kafka().consumer(STREAM);
        Consumer<String, byte[]> images = context.kafka().consumer(STREAM);
        StreamFollower follower = new StreamFollower(assignments, images, context.topics(), state);
        return Loop.start(
                "page-stream",
                () -> {
                    follower.cycle();
                    Thread.sleep(PAUSE_MILLIS);
                },
                () -> {
                    assignments.close();
                    images.close();
                },
                context.onFailure());
    }

    private static Loop followFacts(ServiceContext context, PageState state) {
        Consumer<String, byte[]> consumer = context.kafka().consumer(STREAM);
        FactsFollower follower = new FactsFollower(consumer, context.topics(), context.snapshots(), state);
        return Loop.start("page-facts", follower::cycle, consumer, context.onFailure());
    }

    /// The port that it listens on.
    public int port() {
        return server.port();
    }

    @Override
    public String name() {
        return "live page";
    }

    @Override
    public boolean live() {
        return loops.stream().allMatch(Loop::alive);
    }

    @Override
    public boolean ready() {
        return live();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception fault) {
                throw new IllegalStateException("the live page did not stop in order", fault);
            }
        }
    }
}
