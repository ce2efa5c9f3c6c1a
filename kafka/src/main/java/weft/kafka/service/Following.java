package weft.kafka.service;

import org.apache.kafka.clients.consumer.Consumer;

/// The life of what follows topics: a consumer and what is done with it round by round.
public final class Following<V> implements Supervised.Life {
    /// Finds the place to read from.
    @FunctionalInterface
    public interface Opening<V> {
        Supervised.Round open(Consumer<String, V> consumer);
    }

    private final Consumer<String, V> consumer;
    private Supervised.Round round = () -> {};

    /// Takes the consumer over.
    public Following(Consumer<String, V> consumer) {
        this.consumer = consumer;
    }

    /// Begins to follow, or closes the consumer.
    public Following<V> begin(Opening<V> opening) {
        try {
            round = opening.open(consumer);
            return this;
        } catch (RuntimeException fault) {
            close();
            throw fault;
        }
    }

    @Override
    public boolean round() throws InterruptedException {
        round.run();
        return true;
    }

    @Override
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close(KafkaConnection.promptly());
    }
}
