package weft.monitoring;

import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.ForeignRecords;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.Repeated;
import weft.kafka.service.TopicChangedException;
import weft.kafka.service.TopicGuard;
import weft.kafka.service.Trouble;
import weft.kafka.service.UserError;

/// Prints committed records of a topic, one line each. Kafka in trouble breaks off nothing, and no line is printed
/// twice; another topic of the name is printed from its beginning.
final class RecordPrinter {
    private static final Logger LOG = LoggerFactory.getLogger(RecordPrinter.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConnection kafka;
    private final String topic;
    private final Lines lines;
    private final Span span;
    private final PrintStream out;
    private final Trouble trouble;
    private final Map<TopicPartition, Long> next = new HashMap<>();
    private boolean fromBeginning;
    private boolean started;
    private long printed;

    /// What is printed.
    interface Lines {
        /// The line of a record; empty for one that is not wanted.
        ///
        /// @throws IllegalArgumentException for a foreign record, which is passed over with a line of the log
        Optional<byte[]> of(ConsumerRecord<String, byte[]> record);
    }

    /// From where, and how far.
    ///
    /// @param fromBeginning also what is there already
    /// @param follow whether it goes on behind what is there
    /// @param most lines; 0 for no end
    record Span(boolean fromBeginning, boolean follow, long most) {}

    private RecordPrinter(
            KafkaConnection kafka, String topic, Lines lines, Span span, PrintStream out, Trouble trouble) {
        this.kafka = kafka;
        this.topic = topic;
        this.lines = lines;
        this.span = span;
        this.out = out;
        this.trouble = trouble;
        fromBeginning = span.fromBeginning();
    }

    /// Prints to the end of the span, or until the reader has gone or it is `stopped`.
    ///
    /// @param name of what prints, for the log
    static void run(
            String name,
            KafkaConnection kafka,
            String topic,
            Lines lines,
            Span span,
            PrintStream out,
            BooleanSupplier stopped)
            throws InterruptedException {
        Trouble trouble = new Trouble(name, Clock.systemUTC());
        RecordPrinter printer = new RecordPrinter(kafka, topic, lines, span, out, trouble);
        Optional<Boolean> _ = Repeated.run(name, trouble, stopped, () -> printer.life(stopped));
    }

    private boolean life(BooleanSupplier stopped) {
        Consumer<String, byte[]> consumer = kafka.consumer(Map.of());
        try (TopicGuard guard = guard()) {
            goOn(consumer);
            Optional<LogEnd> end = span.follow()
                    ? Optional.empty()
                    : Optional.of(LogEnd.now(kafka, consumer, List.copyOf(next.keySet())));
            trouble.over();
            while (!stopped.getAsBoolean() && !out.checkError()) {
                if ((end.isPresent() && end.get().reached()) || print(consumer.poll(POLL))) {
                    return true;
                }
                guard.checkNowAndThen();
            }
            return true;
        } catch (TopicChangedException changed) {
            next.clear();
            fromBeginning = true;
            throw changed;
        } finally {
            consumer.close(KafkaConnection.promptly());
        }
    }

    private TopicGuard guard() {
        try {
            return TopicGuard.open(kafka, List.of(topic));
        } catch (TopicChangedException missing) {
            if (started) {
                throw missing;
            }
            throw new UserError("topic " + topic + " does not exist yet (--prefix)", missing);
        }
    }

    private void goOn(Consumer<String, byte[]> consumer) {
        List<TopicPartition> partitions = KafkaConnection.partitions(consumer, topic);
        consumer.assign(partitions);
        if (fromBeginning) {
            consumer.seekToBeginning(partitions);
        } else {
            consumer.seekToEnd(partitions);
        }
        next.forEach(consumer::seek);
        // Asked for now, so that nothing is left out if trouble comes before the first record.
        partitions.forEach(partition -> next.put(partition, consumer.position(partition)));
        started = true;
    }

    /// Says whether these were enough.
    private boolean print(ConsumerRecords<String, byte[]> records) {
        for (ConsumerRecord<String, byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            if (record.offset() < next.getOrDefault(partition, 0L)) {
                // The consumer has gone on with a topic that was made again, sooner than the guard has seen it.
                throw new TopicChangedException("topic " + topic + " was deleted and made again");
            }
            next.put(partition, record.offset() + 1);
            Optional<byte[]> line = line(record);
            if (line.isPresent()) {
                // The bytes as they are: JSON is UTF-8, whatever the terminal speaks.
                out.write(line.get(), 0, line.get().length);
                out.println();
                if (++printed == span.most()) {
                    return true;
                }
            }
        }
        return false;
    }

    private Optional<byte[]> line(ConsumerRecord<String, byte[]> record) {
        return record.value() == null
                ? Optional.empty()
                : ForeignRecords.parsed(record, lines::of, LOG).flatMap(line -> line);
    }
}
