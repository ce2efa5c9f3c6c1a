package weft.benchmarks;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import weft.benchmarks.study.FashionMnist;
import weft.kafka.service.KafkaConnection;
import weft.producer.dataset.LabelledImages;
import weft.standalone.broker.EmbeddedBroker;

/// A program that measures Kafka clients beside an embedded broker, with the data set in memory.
interface WithBroker {
    /// Measures, and prints what it has seen.
    ///
    /// @param folder for whatever it writes
    void run(KafkaConnection kafka, Path folder, LabelledImages data) throws Exception;

    /// Runs it and ends the process.
    static void main(WithBroker program) throws Exception {
        Path folder = Files.createTempDirectory("weft-benchmark");
        LabelledImages data = FashionMnist.find();
        try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("kafka"), "127.0.0.1", 0)) {
            program.run(KafkaConnection.to(broker.address(), Map.of()), folder, data);
        }
        // Of the embedded broker some threads live on.
        System.exit(0);
    }
}
