package weft.monitoring.page;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.Snapshot;

/// Redraws the maps that somebody looks at, one at a time, on one thread.
final class MapMaker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MapMaker.class);

    /// Images of a map: t-SNE takes a second or a few for so many.
    private static final int IMAGES = 1_000;

    private static final Duration REST = Duration.ofSeconds(20);
    private static final Duration WANTED_FOR = Duration.ofSeconds(40);

    private final PageState state;
    private final Clock clock;
    private final Map<String, Views.MapView> maps = new ConcurrentHashMap<>();
    private final Map<String, Instant> wanted = new ConcurrentHashMap<>();

    /// Smile works in parallel on whatever pool calls it: this one keeps it to a single thread.
    private final ForkJoinPool pool = new ForkJoinPool(1, MapMaker::worker, null, false);

    MapMaker(PageState state, Clock clock) {
        this.state = state;
        this.clock = clock;
    }

    private static ForkJoinWorkerThread worker(ForkJoinPool pool) {
        ForkJoinWorkerThread thread = ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
        thread.setName("page-map");
        return thread;
    }

    /// The newest map of a model, which is redrawn as long as somebody asks.
    Views.MapView map(String model) {
        if (!state.models().containsKey(model)) {
            throw new Unknown("no snapshot of model " + model + " yet");
        }
        wanted.put(model, clock.instant());
        return newest(model);
    }

    private Views.MapView newest(String model) {
        return maps.getOrDefault(model, new Views.MapView(model, 0, 0, List.of()));
    }

    /// Redraws what is wanted and old.
    void cycle() throws InterruptedException {
        for (Map.Entry<String, PageState.Published> entry : state.models().entrySet()) {
            String model = entry.getKey();
            Instant now = clock.instant();
            if (!wanted.getOrDefault(model, Instant.MIN).isAfter(now.minus(WANTED_FOR))) {
                continue;
            }
            if (due(newest(model), now)) {
                redraw(entry.getValue().snapshot(), now);
            }
        }
    }

    /// The first map is of few images: a fuller one need not wait.
    private boolean due(Views.MapView map, Instant now) {
        return Instant.ofEpochMilli(map.computedAt()).isBefore(now.minus(REST))
                || (map.points().size() < IMAGES
                        && state.imageCount() >= 2 * map.points().size());
    }

    private void redraw(Snapshot snapshot, Instant now) {
        String model = snapshot.model().name().toString();
        List<SeenImage> images = state.newest(IMAGES);
        Views.MapView before = newest(model);
        if (before.version() == snapshot.version() && sameImages(before, images)) {
            return;
        }
        try {
            Views.MapView drawn = pool.submit(() -> LatentMap.of(snapshot, images, before, now.toEpochMilli()))
                    .join();
            state.show(images);
            maps.put(model, drawn);
        } catch (CancellationException closed) {
            LOG.debug("map of model {} is given up", model);
        }
    }

    /// A stream that rests has the same newest image; there is nothing new to draw.
    private static boolean sameImages(Views.MapView before, List<SeenImage> images) {
        return !before.points().isEmpty()
                && !images.isEmpty()
                && before.points().size() == images.size()
                && before.points().getFirst().id().equals(images.getFirst().id());
    }

    @Override
    public void close() {
        pool.shutdownNow();
    }
}
