package weft.kafka.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.wire.Keep;
import weft.kafka.wire.Topics;

/// Creates Weft's topics and refuses those that exist with other settings.
public final class TopicSetup {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);
    private static final String MIN_IN_SYNC = "min.insync.replicas";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private TopicSetup() {}

    /// Makes sure that every topic is there as it must be.
    ///
    /// @param partitions of images, labels and assignments; empty takes an existing topic as it is and creates
    /// as many as the images have, or one
    /// @param replication factor of what is created
    /// @throws UserError that names the topic, the setting and both values
    public static void ensure(KafkaConnection kafka, Topics topics, Optional<Integer> partitions, short replication) {
        ensure(kafka, topics, partitions, replication, Keep.AS_IT_IS);
    }

    /// The same, and sets how long images and assignments are kept, also where they exist.
    public static void ensure(
            KafkaConnection kafka, Topics topics, Optional<Integer> partitions, short replication, Keep keep) {
        try (Admin admin = kafka.admin()) {
            Set<String> existing = admin.listTopics().names().get();
            int imagePartitions = existing.contains(topics.images()) ? partitions(admin, topics.images()) : 1;
            List<Topics.Spec> specs = specs(topics, partitions.orElse(imagePartitions), keep);
            create(
                    admin,
                    specs.stream()
                            .filter(spec -> !existing.contains(spec.name()))
                            .toList(),
                    replication);
            // A broker hears of a new topic a moment after the controller has created it.
            Found found = patiently(UnknownTopicOrPartitionException.class, () -> find(admin, specs));
            check(found, specs, partitions.isPresent());
            checkLabelsMeetImages(found, topics);
            for (String topic : List.of(topics.images(), topics.assignments())) {
                keep(admin, topic, found.config(topic), keep.config(found.partitions(topic)));
            }
        } catch (ExecutionException fault) {
            throw new UserError(
                    "topics of prefix '" + topics.prefix() + "' cannot be set up: " + Faults.line(fault), fault);
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while topics were set up", fault);
        }
    }

    private static List<Topics.Spec> specs(Topics topics, int partitions, Keep keep) {
        try {
            return topics.specs(partitions, keep);
        } catch (IllegalArgumentException tooFew) {
            throw new UserError("--" + tooFew.getMessage(), tooFew);
        }
    }

    private static void keep(Admin admin, String topic, Config now, Map<String, String> wanted)
            throws ExecutionException, InterruptedException {
        List<AlterConfigOp> changes = wanted.entrySet().stream()
                .filter(setting ->
                        !setting.getValue().equals(now.get(setting.getKey()).value()))
                .map(setting -> new AlterConfigOp(
                        new ConfigEntry(setting.getKey(), setting.getValue()), AlterConfigOp.OpType.SET))
                .toList();
        if (!changes.isEmpty()) {
            admin.incrementalAlterConfigs(Map.of(resource(topic), changes))
                    .all()
                    .get();
            LOG.info("topic {} is kept by {} from now on", topic, new TreeMap<>(wanted));
        }
    }

    private static int partitions(Admin admin, String topic) throws ExecutionException, InterruptedException {
        Map<String, TopicDescription> described =
                admin.describeTopics(List.of(topic)).allTopicNames().get();
        return required(described.get(topic), topic).partitions().size();
    }

    /// A label finds its image in the task that reads the same partition of both topics.
    private static void checkLabelsMeetImages(Found found, Topics topics) {
        int images = found.partitions(topics.images());
        int labels = found.partitions(topics.labels());
        if (images != labels) {
            throw new UserError("topics exist with other settings: " + topics.labels() + " has " + labels
                    + " partitions, not the " + images + " of " + topics.images()
                    + " ('weft topics --partitions " + Math.max(images, labels)
                    + " --raise' makes them the same, or choose another --prefix)");
        }
    }

    /// All with one request: one after the other they would hold up the start of everything.
    private static void create(Admin admin, List<Topics.Spec> missing, short replication)
            throws ExecutionException, InterruptedException {
        List<NewTopic> topics = missing.stream()
                .map(spec -> new NewTopic(spec.name(), spec.partitions(), replication).configs(spec.config()))
                .toList();
        // A broker that has just come, or was busy for a while, is not counted yet.
        patiently(InvalidReplicationFactorException.class, () -> {
            // Of a request repeated, and of another service that was faster, some are there already.
            for (KafkaFuture<Void> created : admin.createTopics(topics).values().values()) {
                unlessThere(created);
            }
            return topics;
        });
    }

    /// Its topic is checked like any other.
    private static void unlessThere(KafkaFuture<Void> created) throws ExecutionException, InterruptedException {
        try {
            created.get();
        } catch (ExecutionException fault) {
            if (!(fault.getCause() instanceof TopicExistsException)) {
                throw fault;
            }
        }
    }

    private interface Step<T> {
        T run() throws ExecutionException, InterruptedException;
    }

    /// Tries again, for a while, where Kafka refuses for a reason that passes by itself.
    private static <T> T patiently(Class<? extends ApiException> passing, Step<T> step)
            throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            try {
                return step.run();
            } catch (ExecutionException fault) {
                if (!passing.isInstance(fault.getCause()) || System.nanoTime() > deadline) {
                    throw fault;
                }
                Thread.sleep(50);
            }
        }
    }

    /// The topics as they are.
    private record Found(Map<String, TopicDescription> topics, Map<ConfigResource, Config> configs) {
        TopicDescription topic(String name) {
            return required(topics.get(name), name);
        }

        int partitions(String name) {
            return topic(name).partitions().size();
        }

        Config config(String name) {
            return required(configs.get(resource(name)), name);
        }
    }

    /// Both requests at once.
    private static Found find(Admin admin, List<Topics.Spec> specs) throws ExecutionException, InterruptedException {
        List<String> names = specs.stream().map(Topics.Spec::name).toList();
        KafkaFuture<Map<String, TopicDescription>> described =
                admin.describeTopics(names).allTopicNames();
        KafkaFuture<Map<ConfigResource, Config>> configs = admin.describeConfigs(
                        names.stream().map(TopicSetup::resource).toList())
                .all();
        return new Found(described.get(), configs.get());
    }

    private static ConfigResource resource(String topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, topic);
    }

    private static void check(Found found, List<Topics.Spec> specs, boolean partitionsMatter) {
        List<String> faults = new ArrayList<>();
        for (Topics.Spec spec : specs) {
            int partitions = found.partitions(spec.name());
            boolean single = "compact".equals(spec.config().get("cleanup.policy"));
            if ((single || partitionsMatter) && partitions != spec.partitions()) {
                faults.add(spec.name() + " has " + partitions + " partitions, not " + spec.partitions());
            }
            Config config = found.config(spec.name());
            for (String key : List.of("cleanup.policy", "max.message.bytes")) {
                String wanted = spec.config().get(key);
                String actual = config.get(key).value();
                if (wanted != null && !fits(key, wanted, actual)) {
                    faults.add(spec.name() + " has " + key + "=" + actual + ", not " + wanted);
                }
            }
            int replicas =
                    found.topic(spec.name()).partitions().getFirst().replicas().size();
            if (Integer.parseInt(config.get(MIN_IN_SYNC).value()) > replicas) {
                faults.add(spec.name() + " has " + MIN_IN_SYNC + "="
                        + config.get(MIN_IN_SYNC).value() + " and " + replicas + (replicas == 1 ? " copy" : " copies")
                        + ": nothing can be written");
            }
            tellWhereTimesDecide(spec, config);
        }
        if (!faults.isEmpty()) {
            throw new UserError("topics exist with other settings: " + String.join("; ", faults)
                    + " (change them, or choose another --prefix)");
        }
    }

    private static void tellWhereTimesDecide(Topics.Spec spec, Config config) {
        String actual = config.get(Topics.TIMESTAMP_TYPE).value();
        if (spec.config().containsKey(Topics.TIMESTAMP_TYPE) && actual.equals("CreateTime")) {
            LOG.warn(
                    "topic {} has {}={}: what says that it is older than {} ms may be deleted as soon as it is written;"
                            + " LogAppendTime keeps it by the time of writing",
                    spec.name(),
                    Topics.TIMESTAMP_TYPE,
                    actual,
                    config.get("retention.ms").value());
        }
    }

    private static boolean fits(String key, String wanted, String actual) {
        return key.equals("max.message.bytes")
                ? Long.parseLong(actual) >= Long.parseLong(wanted)
                : actual.equals(wanted);
    }

    private static <T> T required(@Nullable T value, String topic) {
        if (value == null) {
            throw new UserError("topic " + topic + " vanished while it was checked");
        }
        return value;
    }
}
