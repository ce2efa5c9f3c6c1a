package weft.monitoring.page;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import weft.kafka.service.Following;
import weft.kafka.service.HostCheck;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.Silence;
import weft.kafka.service.SteadyClock;
import weft.kafka.service.Supervised;
import weft.kafka.service.Trouble;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;

/// The live page: reads the topics as anybody could and shows them to browsers.
public final class LivePage implements Service {
    private static final Duration REFRESH = Duration.ofSeconds(1);
    private static final Duration LOOK_FOR_MAPS = Duration.ofMillis(500);

    /// Work of a cycle is bounded by the records of a poll, and so is what the page costs.
    private static final Map<String, String> STREAM = Map.of(
            ConsumerConfig.MAX_POLL_RECORDS_CONFIG, "1500",
            ConsumerConfig.FETCH_MAX_BYTES_CONFIG, "4194304",
            ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, "10000");

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<Supervised> loops;
    private final PageServer server;

    private LivePage(ServiceContext context, String host, int port, HostCheck hosts) {
        Clock steady = SteadyClock.from(context.clock());
        PageState state = new PageState(context.dataset(), context.clock(), steady);
        Topics topics = context.topics();
        Silence silence = Silence.start(
                context,
                "page-silence",
                new Silence.Watched(
                        List.of(topics.images(), topics.models(), topics.assignments()),
                        images -> state.waitsFor(topics, images),
                        _ -> {}));
        parts.push(silence);
        Presenter presenter = new Presenter(state, silence::report);
        MapMaker maps = new MapMaker(state, steady);
        LiveFrames frames =
                new LiveFrames(PageServer.CLIENTS, view -> Views.json(presenter.frame(view.pipeline(), view.page())));
        try {
            server = PageServer.start(host, port, hosts, presenter, maps, frames);
            parts.push(server);
            loops = List.of(
                    keep(followStream(context, state)),
                    keep(followFacts(context, state)),
                    keep(work(context, "page-maps", LOOK_FOR_MAPS, maps::cycle)),
                    keep(work(context, "page-frames", REFRESH, frames::refresh)));
            // First to end: the loop may be waiting for a map.
            parts.push(maps);
        } catch (RuntimeException fault) {
            maps.close();
            closeParts();
            throw fault;
        }
    }

    private Supervised keep(Supervised loop) {
        parts.push(loop);
        return loop;
    }

    /// Starts to read and to serve.
    ///
    /// @param port 0 for a free one
    /// @param hosts names that browsers may ask for it by
    /// @throws UserError where the port is taken
    public static LivePage start(ServiceContext context, String host, int port, HostCheck hosts) {
        return new LivePage(context, host, port, hosts);
    }

    private static Supervised work(ServiceContext context, String name, Duration rest, Supervised.Round round) {
        return Supervised.start(
                name, Supervised.without(rest, round), new Trouble("live page", context.clock()), context.onFailure());
    }

    private Supervised followStream(ServiceContext context, PageState state) {
        return Supervised.start(
                "page-stream",
                () -> new StreamLife(context.kafka(), STREAM, context.topics(), state),
                trouble(context, "images of the live page"),
                context.onFailure());
    }

    private Supervised followFacts(ServiceContext context, PageState state) {
        return Supervised.start(
                "page-facts",
                () -> new Following<>(context.kafka().consumer(STREAM))
                        .begin(consumer -> new FactsFollower(
                                context.kafka(), consumer, context.topics(), context.snapshots(), state)::cycle),
                trouble(context, "figures of the live page"),
                context.onFailure());
    }

    private Trouble trouble(ServiceContext context, String part) {
        Trouble trouble = Trouble.metered(part, context.clock(), context.meters());
        troubles.add(trouble);
        return trouble;
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
        return loops.stream().allMatch(Supervised::alive);
    }

    @Override
    public boolean ready() {
        return live();
    }

    @Override
    public List<String> troubles() {
        return troubles.stream().map(Trouble::report).flatMap(Optional::stream).toList();
    }

    @Override
    public void close() {
        loops.forEach(Supervised::stop);
        closeParts();
    }

    private void closeParts() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception fault) {
                throw new IllegalStateException("the live page did not stop in order", fault);
            }
        }
    }
}
