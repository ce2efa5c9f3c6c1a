package weft.standalone.command;

import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.CommonClientConfigs;
import weft.kafka.service.UserError;

/// The settings of Kafka's clients that a user gives: how to reach the brokers, never what exactly-once stands on.
///
/// One file for all programs of a company is common, and it may have a `group.id`.
record ClientSettings(Optional<String> bootstrap, Map<String, String> others) {
    static final ClientSettings NONE = new ClientSettings(Optional.empty(), Map.of());

    /// What Weft sets itself, for all of its clients or for some.
    private static final Set<String> OWNED = Set.of(
            "acks",
            "allow.auto.create.topics",
            "application.id",
            "auto.offset.reset",
            "commit.interval.ms",
            "compression.type",
            "default.key.serde",
            "default.value.serde",
            "delivery.timeout.ms",
            "enable.auto.commit",
            "enable.idempotence",
            "group.id",
            "group.instance.id",
            "group.protocol",
            "isolation.level",
            "key.deserializer",
            "key.serializer",
            "max.block.ms",
            "max.poll.records",
            "num.stream.threads",
            "partition.assignment.strategy",
            "processing.guarantee",
            "replication.factor",
            "state.dir",
            "transaction.timeout.ms",
            "transactional.id",
            "value.deserializer",
            "value.serializer");

    /// Kafka Streams takes every setting with one of these in front, too.
    private static final Set<String> PREFIXES =
            Set.of("consumer.", "main.consumer.", "restore.consumer.", "global.consumer.", "producer.", "admin.");

    ClientSettings {
        others = Map.copyOf(others);
    }

    /// Reads a file.
    ///
    /// @throws UserError that names the settings which are Weft's own
    static ClientSettings read(String file) {
        Properties properties = PropertiesFile.read("--kafka-config", file);
        Map<String, String> others = new TreeMap<>();
        properties.stringPropertyNames().forEach(name -> others.put(name, properties.getProperty(name)));
        Set<String> refused = new TreeSet<>(others.keySet());
        refused.removeIf(name -> !OWNED.contains(withoutPrefix(name)));
        if (!refused.isEmpty()) {
            throw new UserError("--kafka-config " + file + ": Weft sets these itself: " + String.join(", ", refused)
                    + " (remove them there)");
        }
        return new ClientSettings(
                Optional.ofNullable(others.remove(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG)), others);
    }

    private static String withoutPrefix(String name) {
        return PREFIXES.stream()
                .filter(name::startsWith)
                .map(prefix -> name.substring(prefix.length()))
                .findFirst()
                .orElse(name);
    }
}
