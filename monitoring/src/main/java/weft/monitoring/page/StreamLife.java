package weft.monitoring.page;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.Supervised;
import weft.kafka.wire.Topics;

/// Follows the stream until a fault.
final class StreamLife implements Supervised.Life {
    private static final Duration REST = Duration.ofMillis(150);

    private final Consumer<String, byte[]> assignments;
    private final Consumer<String, byte[]> images;
    private final Consumer<String, byte[]> ends;
    private final StreamFollower follower;

    /// Makes the consumers, and closes them where it cannot begin.
    StreamLife(KafkaConnection kafka, Map<String, String> settings, Topics topics, PageState state) {
        assignments = kafka.consumer(settings);
        images = kafka.consumer(settings);
        ends = LogEnd.asking(kafka, settings);
        try {
            follower = new StreamFollower(assignments, images, ends, topics, state);
        } catch (RuntimeException fault) {
            close();
            throw fault;
        }
    }

    @Override
    public boolean round() {
        follower.cycle();
        return true;
    }

    @Override
    public Duration rest() {
        return REST;
    }

    @Override
    public void wakeup() {
        assignments.wakeup();
        images.wakeup();
        ends.wakeup();
    }

    @Override
    public void close() {
        assignments.close(KafkaConnection.promptly());
        images.close(KafkaConnection.promptly());
        ends.close(KafkaConnection.promptly());
    }
}
