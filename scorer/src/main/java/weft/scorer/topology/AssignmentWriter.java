package weft.scorer.topology;

import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import weft.core.image.Image;
import weft.core.image.Label;
import weft.core.model.Assignment;
import weft.core.model.PipelineName;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.Times;
import weft.scorer.quality.PipelineTally;
import weft.scorer.quality.TaskTallies;

/// Hands out what an image got, a record for each pipeline, and counts it.
final class AssignmentWriter {
    private final ProcessorContext<byte[], byte[]> context;
    private final TaskTallies tallies;
    private final ScorerMetrics metrics;
    private final Map<PipelineName, Outlet> outlets = new HashMap<>();

    /// What every assignment of a pipeline needs, made once.
    private record Outlet(String name, Header header, Counter counter) {}

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
        Instant scoredAt = Instant.ofEpochMilli(now);
        String eventTimeText = Times.text(source.eventTime());
        String scoredAtText = Times.text(scoredAt);
        for (Scored one : scored) {
            PipelineTally tally = tallies.of(one.pipeline());
            Outlet outlet = outlets.computeIfAbsent(one.pipeline(), this::outlet);
            AssignmentEvent event = new AssignmentEvent(
                    source.id(),
                    source.image().epoch(),
                    outlet.name(),
                    one.version(),
                    one.assignment(),
                    name(tally, one.assignment()),
                    source.label(),
                    source.image().split(),
                    one.trainedOn(),
                    source.place().partition(),
                    source.place().offset(),
                    source.eventTime(),
                    scoredAt);
            tally.assigned(one.version(), one.assignment(), one.kind(), one.objective());
            outlet.counter().increment();
            context.forward(
                    new Record<>(
                            key,
                            event.toJson(eventTimeText, scoredAtText),
                            source.timestamp(),
                            new RecordHeaders().add(outlet.header())),
                    ScorerTopology.ASSIGNMENTS);
        }
        metrics.scored(now - source.eventTime().toEpochMilli());
    }

    private Outlet outlet(PipelineName pipeline) {
        String name = pipeline.toString();
        return new Outlet(
                name,
                new RecordHeader(AssignmentEvent.PIPELINE_HEADER, name.getBytes(StandardCharsets.UTF_8)),
                metrics.assignments(pipeline));
    }

    private Optional<String> name(PipelineTally tally, Assignment assignment) {
        int label = tally.majority(assignment.cluster());
        return label < 0 ? Optional.empty() : Optional.of(tallies.labels().get(label));
    }
}
