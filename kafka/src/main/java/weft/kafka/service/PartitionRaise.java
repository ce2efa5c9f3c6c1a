package weft.kafka.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.wire.Topics;

/// Gives images, labels and assignments more partitions, and lets the scorer's counts go, which are of the old ones.
///
/// An image's counts and its waiting label live with its partition; Kafka Streams cannot spread them over others.
public final class PartitionRaise {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionRaise.class);

    /// One that crashed is missed after ten seconds.
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    /// Of topics that are deleted; a broker that is busy takes its time.
    private static final Duration GONE = Duration.ofMinutes(1);

    private PartitionRaise() {}

    /// Raises them; what has as many already stays as it is.
    ///
    /// @throws UserError where a scorer runs, or where there are more
    public static void run(KafkaConnection kafka, Topics topics, int partitions) {
        try (Admin admin = kafka.admin()) {
            refuseWhileScorersRun(admin, topics.scorerApplication());
            Map<String, Integer> existing = partitions(admin);
            Map<String, NewPartitions> raised = new HashMap<>();
            for (String topic : List.of(topics.images(), topics.labels(), topics.assignments())) {
                int now = existing.getOrDefault(topic, partitions);
                if (now > partitions) {
                    throw new UserError("partitions can be raised and not lowered: " + topic + " has " + now + ", not "
                            + partitions);
                }
                if (now < partitions) {
                    raised.put(topic, NewPartitions.increaseTo(partitions));
                }
            }
            List<String> counts = new ArrayList<>(topics.scorerCounts());
            counts.removeIf(topic -> existing.getOrDefault(topic, partitions) == partitions);
            admin.createPartitions(raised).all().get();
            admin.deleteTopics(counts).all().get();
            awaitGone(admin, counts);
            LOG.info("partitions are {}: raised {}, counts given up {}", partitions, raised.keySet(), counts);
        } catch (ExecutionException fault) {
            throw new UserError("partitions cannot be raised: " + Faults.line(fault), fault);
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while partitions were raised", fault);
        }
    }

    private static Map<String, Integer> partitions(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> names = admin.listTopics().names().get();
        Map<String, Integer> partitions = new HashMap<>();
        for (TopicDescription topic :
                admin.describeTopics(names).allTopicNames().get().values()) {
            partitions.put(topic.name(), topic.partitions().size());
        }
        return partitions;
    }

    /// Brokers tell of topics for a moment that are deleted already: a scorer that starts at once would refuse them.
    private static void awaitGone(Admin admin, List<String> deleted) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + GONE.toNanos();
        while (!Collections.disjoint(admin.listTopics().names().get(), deleted)) {
            if (System.nanoTime() > deadline) {
                throw new UserError("partitions were raised, but the brokers still have the deleted topics "
                        + String.join(", ", deleted) + ": start no scorer before they are gone");
            }
            Thread.sleep(100);
        }
    }

    private static void refuseWhileScorersRun(Admin admin, String group)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (hasMembers(admin, group)) {
            if (System.nanoTime() > deadline) {
                throw new UserError("a scorer is running (group " + group + "): stop every scorer first");
            }
            Thread.sleep(500);
        }
    }

    private static boolean hasMembers(Admin admin, String group) throws ExecutionException, InterruptedException {
        try {
            ConsumerGroupDescription described =
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group);
            return described != null && !described.members().isEmpty();
        } catch (ExecutionException fault) {
            if (fault.getCause() instanceof GroupIdNotFoundException) {
                // No scorer has ever run.
                return false;
            }
            throw fault;
        }
    }
}
