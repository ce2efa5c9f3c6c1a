package weft.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import weft.kafka.wire.AssignmentEvent;

/// The least that a Kafka Streams program can do in the scorer's place: for each image it writes as many records as
/// there are pipelines, with the image's key, a header and bytes of assignments that a scorer has written; it scores
/// and counts nothing.
final class PassThrough extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    private final List<byte[]> values;
    private final int perImage;
    private final Headers headers = new RecordHeaders();
    private int next;

    private PassThrough(List<byte[]> values, int perImage) {
        this.values = values;
        this.perImage = perImage;
        headers.add(AssignmentEvent.PIPELINE_HEADER, "ae-kmeans-10".getBytes(StandardCharsets.UTF_8));
    }

    /// From one topic to the other.
    ///
    /// @param assignments whose values are written, again and again
    static Topology topology(String from, String to, List<ConsumerRecord<String, byte[]>> assignments, int perImage) {
        var bytes = Serdes.ByteArray();
        List<byte[]> values = assignments.stream().map(ConsumerRecord::value).toList();
        return new Topology()
                .addSource(AutoOffsetReset.earliest(), "images", bytes.deserializer(), bytes.deserializer(), from)
                .addProcessor("pass", () -> new PassThrough(values, perImage), "images")
                .addSink("assignments", to, bytes.serializer(), bytes.serializer(), "pass");
    }

    @Override
    public void process(Record<byte[], byte[]> image) {
        for (int i = 0; i < perImage; i++) {
            byte[] value = values.get(next);
            next = (next + 1) % values.size();
            context().forward(new Record<>(image.key(), value, image.timestamp(), headers));
        }
    }
}
