package weft.monitoring.page;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.LabelledImage;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageParser;
import weft.kafka.wire.Topics;

/// Reads assignments and the images that they belong to, near the end of the stream.
///
/// The work of a cycle is bounded: where more comes than it reads, it goes on near the end again, and what lies
/// between is not seen. One thread drives it.
final class StreamFollower {
    private static final Logger LOG = LoggerFactory.getLogger(StreamFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /// Assignments that are read back at the start: enough for the window with three pipelines.
    private static final long START_BACK = 3L * PageState.WINDOW;

    /// So far behind it gives up what lies between.
    private static final long TOO_FAR = 2 * START_BACK;

    private static final long SKIP_TO = 6_000;
    private static final long ENDS_EVERY_NANOS = 1_000_000_000L;

    private record Place(int partition, long offset) {}

    private final Consumer<String, byte[]> assignments;
    private final Consumer<String, byte[]> images;
    private final Consumer<?, ?> ends;
    private final PageState state;
    private final ImageParser parser;
    private final PixelBuffer pixels;
    private final Map<Integer, Long> scoredThrough = new HashMap<>();
    private long endsReadAt;

    /// @param ends asks where topics end, behind the transactions that are open there
    StreamFollower(
            Consumer<String, byte[]> assignments,
            Consumer<String, byte[]> images,
            Consumer<?, ?> ends,
            Topics topics,
            PageState state) {
        this.assignments = assignments;
        this.images = images;
        this.ends = ends;
        this.state = state;
        parser = new ImageParser(state.dataset());
        assignments.assign(KafkaConnection.partitions(assignments, topics.assignments()));
        images.assign(KafkaConnection.partitions(images, topics.images()));
        pixels = new PixelBuffer(images);
        goBack(START_BACK);
    }

    private void goBack(long records) {
        Collection<TopicPartition> all = assignments.assignment();
        Map<TopicPartition, Long> first = assignments.beginningOffsets(all);
        long each = Math.max(1, records / all.size());
        ends.endOffsets(all)
                .forEach((partition, end) ->
                        assignments.seek(partition, Math.max(first.getOrDefault(partition, 0L), end - each)));
    }

    /// Reads a bounded number of assignments and their images.
    void cycle() {
        if (assignments.assignment().stream()
                        .mapToLong(
                                partition -> assignments.currentLag(partition).orElse(0))
                        .sum()
                > TOO_FAR) {
            goBack(SKIP_TO);
        }
        SequencedMap<Place, List<AssignmentEvent>> batch = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : assignments.poll(POLL)) {
            parse(record).ifPresent(event -> {
                Place place = new Place(event.partition(), event.offset());
                batch.computeIfAbsent(place, _ -> new ArrayList<>()).add(event);
                scoredThrough.merge(event.partition(), event.offset() + 1, Math::max);
            });
        }
        batch.forEach(this::see);
        readEnds();
    }

    private static Optional<AssignmentEvent> parse(ConsumerRecord<String, byte[]> record) {
        try {
            return Optional.of(AssignmentEvent.fromJson(record.value()));
        } catch (IllegalArgumentException fault) {
            LOG.debug("offset {} of {} is passed over: {}", record.offset(), record.topic(), fault.getMessage());
            return Optional.empty();
        }
    }

    private void see(Place place, List<AssignmentEvent> events) {
        AssignmentEvent first = events.getFirst();
        state.scored(first);
        pixels.read(place.partition(), place.offset()).ifPresent(record -> {
            Map<String, Placement> placements = new HashMap<>();
            events.forEach(event -> placements.put(event.pipeline(), Placement.of(event)));
            try {
                LabelledImage image = parser.labelled(record.value(), record.headers());
                state.see(new SeenImage(
                        first.imageId(),
                        image.image().values(),
                        first.label().map(state::number).orElseGet(OptionalInt::empty),
                        image.image().split(),
                        first.epoch(),
                        placements));
            } catch (IllegalArgumentException fault) {
                LOG.debug("image at offset {} is passed over: {}", place.offset(), fault.getMessage());
            }
        });
    }

    private void readEnds() {
        if (System.nanoTime() - endsReadAt < ENDS_EVERY_NANOS) {
            return;
        }
        Map<TopicPartition, Long> imageEnds = ends.endOffsets(images.assignment());
        endsReadAt = System.nanoTime();
        long produced = 0;
        long unscored = 0;
        for (Map.Entry<TopicPartition, Long> end : imageEnds.entrySet()) {
            produced += end.getValue();
            Long through = scoredThrough.get(end.getKey().partition());
            unscored += Math.max(0, end.getValue() - (through == null ? 0 : through));
        }
        state.offsets(produced, unscored);
    }
}
