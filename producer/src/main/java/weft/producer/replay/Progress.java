package weft.producer.replay;

/// Watches a replay.
public interface Progress extends AutoCloseable {
    /// Called after every image that was handed to Kafka.
    ///
    /// @param done images of all epochs so far, those of an earlier run included
    /// @param total images of all epochs; fewer in the end where drift leaves some out
    void sent(long done, long total);

    /// The same for an image that an earlier run has sent.
    default void skipped(long done, long total) {
        sent(done, total);
    }

    /// Called once, when all is acknowledged or the replay was stopped.
    @Override
    void close();
}
