package weft.kafka.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Remembers which topics it was opened on. What was read from a topic says nothing about another one of the same
/// name, and its offsets point anywhere.
public final class TopicGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TopicGuard.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final TopicIds ids;
    private final Map<String, Uuid> known;
    private long checkedAt = System.nanoTime();

    private TopicGuard(TopicIds ids, Map<String, Uuid> known) {
        this.ids = ids;
        this.known = new TreeMap<>(known);
    }

    /// Remembers the topics as they are now.
    ///
    /// @throws TopicChangedException where one does not exist
    public static TopicGuard open(KafkaConnection kafka, Collection<String> topics) {
        TopicIds ids = kafka.topicIds();
        try {
            Map<String, Uuid> known = ids.of(topics);
            for (String topic : topics) {
                if (!known.containsKey(topic)) {
                    throw new TopicChangedException("topic " + topic + " does not exist");
                }
            }
            return new TopicGuard(ids, known);
        } catch (RuntimeException fault) {
            ids.close();
            throw fault;
        }
    }

    /// The id of a topic that it was opened on.
    public String id(String topic) {
        return Objects.requireNonNull(known.get(topic), topic).toString();
    }

    /// Asks Kafka.
    ///
    /// @throws TopicChangedException which names every topic that is not the one that it was
    public void check() {
        Map<String, Uuid> now = ids.of(known.keySet());
        List<String> faults = new ArrayList<>();
        known.forEach((topic, id) -> {
            if (!now.containsKey(topic)) {
                faults.add("topic " + topic + " is gone: it was deleted");
            } else if (!Objects.equals(now.get(topic), id)) {
                faults.add("topic " + topic + " was deleted and made again: this process must be started again");
            }
        });
        if (!faults.isEmpty()) {
            throw new TopicChangedException(String.join("; ", faults));
        }
    }

    /// The same every five seconds, for whoever calls often; where Kafka does not answer, the next time.
    ///
    /// @throws TopicChangedException as above
    public void checkNowAndThen() {
        long now = System.nanoTime();
        if (now - checkedAt < PERIOD.toNanos()) {
            return;
        }
        checkedAt = now;
        try {
            check();
        } catch (TopicChangedException | InterruptException told) {
            throw told;
        } catch (KafkaException away) {
            LOG.debug("topics cannot be described", away);
        }
    }

    @Override
    public void close() {
        ids.close();
    }
}
