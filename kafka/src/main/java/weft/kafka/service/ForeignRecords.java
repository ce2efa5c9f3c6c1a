package weft.kafka.service;

import java.util.Optional;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;

/// What somebody else has put on a topic of ours: it is told in one line and passed over.
public final class ForeignRecords {
    private ForeignRecords() {}

    /// What a parser makes of a record; empty where it refuses it.
    ///
    /// @param parser refuses by an [IllegalArgumentException] that says in one line why
    /// @param log of whoever reads
    public static <V, T> Optional<T> parsed(
            ConsumerRecord<String, V> record, Function<ConsumerRecord<String, V>, T> parser, Logger log) {
        try {
            return Optional.of(parser.apply(record));
        } catch (IllegalArgumentException foreign) {
            log.warn(
                    "record at offset {} of {} is passed over: {}",
                    record.offset(),
                    record.topic(),
                    foreign.getMessage());
            return Optional.empty();
        }
    }
}
