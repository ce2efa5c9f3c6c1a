package weft.scorer.models;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import weft.core.model.ModelName;

/// What a start finds on the models topic, as bytes: of each model no more than will be kept, so that a long history
/// is not decoded.
final class Backlog {
    private final Map<ModelName, Waiting> byModel = new LinkedHashMap<>();

    private static final class Waiting {
        private final Deque<ConsumerRecord<String, byte[]>> oldestFirst = new ArrayDeque<>();
        private long bytes;

        void add(ConsumerRecord<String, byte[]> record) {
            oldestFirst.addLast(record);
            bytes += record.value().length;
            while (oldestFirst.size() > ModelRegistry.KEPT
                    || (oldestFirst.size() > 1 && bytes - record.value().length > ModelRegistry.KEPT_BYTES)) {
                bytes -= oldestFirst.removeFirst().value().length;
            }
        }
    }

    void add(ModelName model, ConsumerRecord<String, byte[]> record) {
        byModel.computeIfAbsent(model, _ -> new Waiting()).add(record);
    }

    /// Hands everything over, in the order of each model's records, and forgets it.
    void drain(Consumer<ConsumerRecord<String, byte[]>> taker) {
        byModel.values().forEach(waiting -> waiting.oldestFirst.forEach(taker));
        byModel.clear();
    }
}
