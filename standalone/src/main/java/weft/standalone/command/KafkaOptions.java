package weft.standalone.command;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.TopicSetup;
import weft.kafka.service.UserError;
import weft.kafka.wire.Keep;
import weft.kafka.wire.Topics;

/// Where Kafka is, for every subcommand.
final class KafkaOptions {
    static final String DEFAULT = "127.0.0.1:9092";

    private static final int MOST_PARTITIONS = 256;

    @Option(names = "--kafka", paramLabel = "HOST:PORT", description = "Kafka's address (default: " + DEFAULT + ")")
    private @Nullable String kafka;

    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Properties for every Kafka client, for example SASL and TLS; bootstrap.servers there counts"
                    + " where --kafka is absent")
    private @Nullable Path config;

    @Option(
            names = "--prefix",
            defaultValue = "weft",
            paramLabel = "NAME",
            description = "Before every topic and group (default: ${DEFAULT-VALUE})")
    private String prefix = "weft";

    @Option(
            names = "--partitions",
            paramLabel = "N",
            description = "Of the images topic; with one, training repeats bit for bit (default: 1, or as it is)")
    private @Nullable Integer partitions;

    @Option(
            names = "--replication",
            defaultValue = "1",
            paramLabel = "N",
            description = "Copies of every topic that is created (default: ${DEFAULT-VALUE})")
    private short replication = 1;

    /// The address, where one was given: by `--kafka`, or by the file of `--kafka-config`.
    Optional<String> address() {
        return Optional.ofNullable(kafka).or(() -> settings().bootstrap());
    }

    private ClientSettings settings() {
        return config == null ? ClientSettings.NONE : ClientSettings.read(config.toString());
    }

    /// Refuses what no Kafka could take, before one is looked for.
    void check() {
        topics();
        if (partitions != null && (partitions < 1 || partitions > MOST_PARTITIONS)) {
            throw new UserError("--partitions must be 1 to " + MOST_PARTITIONS + ", not " + partitions);
        }
        if (replication < 1) {
            throw new UserError("--replication must be at least 1, not " + replication);
        }
    }

    /// A connection to the given address, checked.
    KafkaConnection connect() {
        KafkaConnection connection = connection(address().orElse(DEFAULT));
        connection.check();
        return connection;
    }

    KafkaConnection connection(String bootstrap) {
        check();
        return KafkaConnection.to(bootstrap, settings().others());
    }

    Topics topics() {
        try {
            return new Topics(prefix);
        } catch (IllegalArgumentException fault) {
            throw new UserError("--prefix: " + fault.getMessage(), fault);
        }
    }

    Optional<Integer> partitions() {
        return Optional.ofNullable(partitions);
    }

    /// Creates what topics are missing and checks the others.
    Topics ensureTopics(KafkaConnection connection) {
        return ensureTopics(connection, Keep.AS_IT_IS);
    }

    /// The same, and sets how long images and assignments are kept.
    Topics ensureTopics(KafkaConnection connection, Keep keep) {
        Topics topics = topics();
        TopicSetup.ensure(connection, topics, partitions(), replication, keep);
        return topics;
    }
}
