package weft.testing;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/// Kafka's mock, whose records reach the topics of a [MemoryKafka].
public final class MemoryProducer extends MockProducer<String, byte[]> {
    private final MemoryKafka kafka;

    MemoryProducer(MemoryKafka kafka) {
        super(
                new Cluster("memory", List.of(), kafka.partitions(), Set.of(), Set.of()),
                true,
                null,
                new StringSerializer(),
                new ByteArraySerializer());
        this.kafka = kafka;
    }

    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
        Future<RecordMetadata> sent = super.send(record, callback);
        if (!transactionInFlight()) {
            kafka.put(record);
        }
        return sent;
    }

    @Override
    public void commitTransaction() {
        List<ProducerRecord<String, byte[]>> records = uncommittedRecords();
        super.commitTransaction();
        records.forEach(kafka::put);
    }
}
