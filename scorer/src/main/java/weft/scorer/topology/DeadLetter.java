package weft.scorer.topology;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/// A record that is no image, as it came, with headers that say why and where it stood.
///
/// One so large that with these it might not fit into a record goes without its value, and where that is not
/// enough without its key and headers too: a dead letter that Kafka refuses would end the scorer, at every
/// start again.
final class DeadLetter {
    static final String REASON = "reason";
    static final String SOURCE_TOPIC = "source-topic";
    static final String SOURCE_PARTITION = "source-partition";
    static final String SOURCE_OFFSET = "source-offset";
    static final String LEFT_OUT_BYTES = "left-out-bytes";

    /// Under the 1 MiB that brokers and producers take by default, with room for our headers.
    private static final int CARRIED_BYTES = 1_000_000;

    /// The lengths that a header is written with, two of at most five bytes.
    private static final int HEADER_OVERHEAD = 10;

    /// A reason may quote a value that is as long as a record.
    private static final int REASON_CHARS = 500;

    private DeadLetter() {}

    static Record<byte[], byte[]> of(Record<byte[], byte[]> record, RecordMetadata source, String reason) {
        long value = length(record.value());
        long rest = length(record.key()) + bytes(record.headers());
        long overhead = (long) HEADER_OVERHEAD * record.headers().toArray().length;
        long leftOut = 0;
        Record<byte[], byte[]> carried = record;
        Headers headers = new RecordHeaders(record.headers());
        if (value + rest + overhead > CARRIED_BYTES) {
            carried = carried.withValue(null);
            leftOut = value;
        }
        if (rest + overhead > CARRIED_BYTES) {
            carried = carried.withKey(null);
            headers = new RecordHeaders();
            leftOut += rest;
        }
        headers.add(REASON, text(reason.substring(0, Math.min(REASON_CHARS, reason.length()))))
                .add(SOURCE_TOPIC, text(source.topic()))
                .add(SOURCE_PARTITION, text(Integer.toString(source.partition())))
                .add(SOURCE_OFFSET, text(Long.toString(source.offset())));
        if (leftOut > 0) {
            headers.add(LEFT_OUT_BYTES, text(Long.toString(leftOut)));
        }
        return carried.withHeaders(headers);
    }

    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += text(header.key()).length + length(header.value());
        }
        return bytes;
    }

    private static long length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
