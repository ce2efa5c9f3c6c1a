package weft.monitoring.page;

import org.apache.kafka.clients.consumer.Consumer;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.Supervised;
import weft.kafka.wire.Topics;

/// Follows the stream with two consumers until a fault.
final class StreamLife implements Supervised.Life {
    private static final long PAUSE_MILLIS = 150;

    private final Consumer<String, byte[]> assignments;
    private final Consumer<String, byte[]> images;
    private final StreamFollower follower;

    /// Takes the consumers over, and closes them where it cannot begin.
    StreamLife(Consumer<String, byte[]> assignments, Consumer<String, byte[]> images, Topics topics, PageState state) {
        this.assignments = assignments;
        this.images = images;
        try {
            follower = new StreamFollower(assignments, images, topics, state);
        } catch (RuntimeException fault) {
            close();
            throw fault;
        }
    }

    @Override
    public boolean round() throws InterruptedException {
        follower.cycle();
        Thread.sleep(PAUSE_MILLIS);
        return true;
    }

    @Override
    public void wakeup() {
        assignments.wakeup();
        images.wakeup();
    }

    @Override
    public void close() {
        assignments.close(KafkaConnection.promptly());
        images.close(KafkaConnection.promptly());
    }
}
