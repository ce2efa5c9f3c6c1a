package weft.kafka.service;

import org.apache.kafka.common.KafkaException;

/// A topic is not the one that was read before.
public final class TopicChangedException extends KafkaException {
    private static final long serialVersionUID = 1L;

    /// @param message that names the topic
    public TopicChangedException(String message) {
        super(message);
    }
}
