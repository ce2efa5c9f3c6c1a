package weft.monitoring;

import java.io.PrintStream;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import weft.core.model.Standing;
import weft.kafka.service.KafkaConnection;
import weft.kafka.wire.AssignmentEvent;
import weft.kafka.wire.ImageHeaders;
import weft.kafka.wire.Topics;

/// Prints committed assignments as they come, one JSON object a line.
public final class Tail {
    private Tail() {}

    /// Which assignments to print.
    ///
    /// @param name of the cluster, without regard to case
    /// @param outlier at least this; an assignment that has none is not printed
    public record Filter(
            Optional<String> pipeline, OptionalInt cluster, Optional<String> name, OptionalDouble outlier) {
        /// However strange the images are.
        public Filter(Optional<String> pipeline, OptionalInt cluster, Optional<String> name) {
            this(pipeline, cluster, name, OptionalDouble.empty());
        }

        boolean accepts(ConsumerRecord<String, byte[]> record) {
            if (pipeline.isPresent()
                    && !pipeline.get().equals(ImageHeaders.text(record.headers(), AssignmentEvent.PIPELINE_HEADER))) {
                return false;
            }
            if (cluster.isEmpty() && name.isEmpty() && outlier.isEmpty()) {
                return true;
            }
            AssignmentEvent event = AssignmentEvent.fromJson(record.value());
            return (cluster.isEmpty()
                            || cluster.getAsInt() == event.assignment().cluster())
                    && (name.isEmpty()
                            || event.clusterName()
                                    .filter(name.get()::equalsIgnoreCase)
                                    .isPresent())
                    && (outlier.isEmpty()
                            || event.standing()
                                    .map(Standing::outlier)
                                    .filter(share -> share >= outlier.getAsDouble())
                                    .isPresent());
        }
    }

    /// Prints until `most` are printed, the reader has gone, or `stopped`. Kafka in trouble breaks off nothing, and
    /// no line is printed twice; another topic of the name is printed from its beginning.
    ///
    /// @param most 0 for no end
    public static void run(
            KafkaConnection kafka,
            Topics topics,
            Filter filter,
            boolean fromBeginning,
            long most,
            PrintStream out,
            BooleanSupplier stopped)
            throws InterruptedException {
        RecordPrinter.run(
                "tail",
                kafka,
                topics.assignments(),
                record -> filter.accepts(record) ? Optional.of(record.value()) : Optional.empty(),
                new RecordPrinter.Span(fromBeginning, true, most),
                out,
                stopped);
    }
}
