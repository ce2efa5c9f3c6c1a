package weft.scorer.topology;

import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import weft.core.image.Image;
import weft.core.image.Label;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.AssignmentJson;
import weft.scorer.models.Seat;
import weft.scorer.quality.PipelineTally;
import weft.scorer.quality.TaskTallies;

/// Hands out what an image got, a record for each pipeline, and counts it.
final class AssignmentWriter {
    private final ProcessorContext<byte[], byte[]> context;
    private final TaskTallies tallies;
    private final ScorerMetrics metrics;
    private final IdentityHashMap<Seat, Outlet> outlets = new IdentityHashMap<>();
    private final AssignmentJson json = new AssignmentJson();

    /// By the label's number.
    private final List<Optional<AssignmentJson.ClusterName>> names = new ArrayList<>();

    /// What every assignment of a pipeline needs, made once.
    private record Outlet(
            PipelineTally tally,
            boolean published,
            AssignmentJson.Pipeline name,
            RecordHeaders headers,
            Counter counter) {}

    /// An image with what its assignments say of it.
    ///
    /// @param eventTime when it was due to be sent
    /// @param timestamp of its record
    record Source(
            String id, Image image, Optional<Label> label, RecordMetadata place, Instant eventTime, long timestamp) {}

    AssignmentWriter(ProcessorContext<byte[], byte[]> context, TaskTallies tallies, ScorerMetrics metrics) {
        this.context = context;
        this.tallies = tallies;
        this.metrics = metrics;
    }

    /// @param key the id as bytes
    void write(Source source, byte[] key, Iterable<Scored> scored, long now) {
        json.image(
                source.id(),
                source.image().epoch(),
                source.label(),
                source.image().split(),
                source.place().partition(),
                source.place().offset(),
                source.eventTime(),
                Instant.ofEpochMilli(now));
        for (Scored one : scored) {
            if (!one.finite()) {
                // A challenger's: what serves decides alone what is a dead letter.
                continue;
            }
            Outlet outlet = outlets.computeIfAbsent(one.seat(), this::outlet);
            outlet.tally().assigned(one.version(), one.assignment(), one.kind(), one.objective());
            if (!outlet.published()) {
                continue;
            }
            byte[] value = json.of(
                    outlet.name(),
                    one.version(),
                    one.assignment(),
                    one.standing(),
                    name(outlet.tally().majority(one.assignment().cluster())),
                    one.trainedOn());
            outlet.counter().increment();
            // The record copies the headers.
            context.forward(new Record<>(key, value, source.timestamp(), outlet.headers()), ScorerTopology.ASSIGNMENTS);
        }
        metrics.scored(now - source.eventTime().toEpochMilli());
    }

    private Outlet outlet(Seat seat) {
        String name = seat.shown().toString();
        RecordHeaders headers = new RecordHeaders();
        headers.add(AssignmentEvent.PIPELINE_HEADER, name.getBytes(StandardCharsets.UTF_8));
        return new Outlet(
                tallies.of(seat.tally()),
                seat.published(),
                new AssignmentJson.Pipeline(name, seat.tally().run()),
                headers,
                metrics.assignments(seat.shown()));
    }

    private Optional<AssignmentJson.ClusterName> name(int label) {
        if (label < 0) {
            return Optional.empty();
        }
        while (names.size() <= label) {
            names.add(
                    Optional.of(new AssignmentJson.ClusterName(tallies.labels().get(names.size()))));
        }
        return names.get(label);
    }
}
