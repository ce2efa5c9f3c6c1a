package weft.scorer.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;

/// A record that is no image, as it came, with headers that say why and where it stood.
final class DeadLetter {
    static final String REASON = "reason";
    static final String SOURCE_TOPIC = "source-topic";
    static final String SOURCE_PARTITION = "source-partition";
    static final String SOURCE_OFFSET = "source-offset";

    private DeadLetter() {}

    static Record<byte[], byte[]> of(Record<byte[], byte[]> record, RecordMetadata source, String reason) {
        Headers headers = new RecordHeaders(record.headers())
                .add(REASON, text(reason))
                .add(SOURCE_TOPIC, text(source.topic()))
                .add(SOURCE_PARTITION, text(Integer.toString(source.partition())))
                .add(SOURCE_OFFSET, text(Long.toString(source.offset())));
        return record.withHeaders(headers);
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
