package weft.kafka.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.image.Dataset;
import weft.kafka.wire.DatasetCodec;
import weft.kafka.wire.Topics;

/// The topic that says what data the stream has: whoever sets the stream up tells it, and every service asks it.
public final class DatasetTopic {
    private static final Logger LOG = LoggerFactory.getLogger(DatasetTopic.class);
    private static final String KEY = "dataset";
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration TOLD_AFTER = Duration.ofSeconds(10);

    private DatasetTopic() {}

    /// The data set that was told, if any was.
    ///
    /// @throws UserError where the record is no data set
    public static Optional<Dataset> read(KafkaConnection kafka, Topics topics) {
        TopicPartition partition = new TopicPartition(topics.dataset(), 0);
        try (Consumer<String, byte[]> consumer = kafka.briefConsumer(Map.of())) {
            if (consumer.partitionsFor(topics.dataset()).isEmpty()) {
                return Optional.empty();
            }
            LogEnd end = LogEnd.now(kafka, consumer, List.of(partition));
            return LastRecord.find(consumer, partition, end, record -> KEY.equals(record.key()))
                    .filter(record -> record.value() != null)
                    .map(DatasetTopic::dataset);
        }
    }

    /// The data set that was told.
    ///
    /// @throws UserError where none was
    public static Dataset required(KafkaConnection kafka, Topics topics) {
        return read(kafka, topics)
                .orElseThrow(() -> new UserError("topic " + topics.dataset()
                        + " does not say what the images are: 'weft topics --shape SHAPE' tells it"));
    }

    /// The data set, once somebody has told it.
    ///
    /// @return empty where it was stopped before that
    public static Optional<Dataset> await(KafkaConnection kafka, Topics topics, BooleanSupplier stopped)
            throws InterruptedException {
        long begun = System.nanoTime();
        boolean told = false;
        while (!stopped.getAsBoolean()) {
            Optional<Dataset> dataset = read(kafka, topics);
            if (dataset.isPresent()) {
                return dataset;
            }
            if (!told && System.nanoTime() - begun > TOLD_AFTER.toNanos()) {
                told = true;
                LOG.info(
                        "waiting for {}: 'weft produce', or 'weft topics --shape SHAPE', tells there what the images are",
                        topics.dataset());
            }
            Thread.sleep(LOOK);
        }
        return Optional.empty();
    }

    /// Tells the data set where nobody has yet.
    ///
    /// @throws UserError where another one was told
    public static void tell(KafkaConnection kafka, Topics topics, Dataset dataset) {
        Futures.join(telling(kafka, topics, dataset));
    }

    /// The same; where nobody has told one yet it is told in the background.
    ///
    /// @return fails with a [UserError] where somebody else was faster, with another one
    /// @throws UserError where another one was told
    public static CompletableFuture<Void> telling(KafkaConnection kafka, Topics topics, Dataset dataset) {
        Optional<Dataset> told = read(kafka, topics);
        if (told.isPresent()) {
            refuseOther(told, topics, dataset);
            return CompletableFuture.completedFuture(null);
        }
        return Futures.start(() -> {
            send(kafka, topics, dataset);
            // Of two that tell at the same time one is the last.
            refuseOther(read(kafka, topics), topics, dataset);
            return null;
        });
    }

    private static void refuseOther(Optional<Dataset> told, Topics topics, Dataset dataset) {
        if (told.isEmpty() || !told.get().equals(dataset)) {
            throw new UserError("topic " + topics.dataset() + " says that the images are "
                    + told.map(DatasetTopic::line).orElse("nothing") + ", and these are " + line(dataset)
                    + " (another data set needs another --prefix)");
        }
    }

    private static void send(KafkaConnection kafka, Topics topics, Dataset dataset) {
        try (Producer<String, byte[]> producer = kafka.producer(Map.of())) {
            producer.send(new ProducerRecord<>(topics.dataset(), 0, KEY, DatasetCodec.toJson(dataset)))
                    .get();
        } catch (ExecutionException fault) {
            throw new UserError("the data set cannot be told: " + Faults.line(fault), fault);
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while the data set was told", fault);
        }
    }

    private static Dataset dataset(ConsumerRecord<String, byte[]> record) {
        try {
            return DatasetCodec.fromJson(record.value());
        } catch (IllegalArgumentException fault) {
            throw new UserError(
                    record.topic() + " at offset " + record.offset() + " has no data set: " + fault.getMessage(),
                    fault);
        }
    }

    private static String line(Dataset dataset) {
        return "'" + dataset.name() + "', " + dataset.shape()
                + (dataset.classes().isEmpty()
                        ? ""
                        : ", " + dataset.classes().size() + " classes from "
                                + dataset.classes().getFirst());
    }
}
