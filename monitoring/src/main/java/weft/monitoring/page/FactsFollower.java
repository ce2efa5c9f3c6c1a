package weft.monitoring.page;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.LogEnd;
import weft.kafka.service.PublishedVersions;
import weft.kafka.service.SnapshotReader;
import weft.kafka.service.VersionIndex;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.LabelParser;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.SnapshotKey;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.Topics;

/// Reads the snapshots, the running quality, events and labels that come later; one thread drives it.
final class FactsFollower {
    private static final Logger LOG = LoggerFactory.getLogger(FactsFollower.class);
    private static final Duration POLL = Duration.ofMillis(200);

    /// About two hours of three pipelines.
    private static final long QUALITY_BACK = 20_000;

    private static final long EVENTS_BACK = 2_000;

    /// Cycles in which a version may come that a deployment names: the two topics are read side by side.
    private static final int PATIENCE = 10;

    private final Consumer<String, byte[]> consumer;
    private final Topics topics;
    private final SnapshotCodec codec;
    private final PageState state;
    private final LabelParser labels;
    private final KafkaConnection kafka;
    private final VersionIndex versions = new VersionIndex();
    private final TopicPartition models;

    /// Decided, and not shown yet: the versions that it names are not all known.
    private final Map<ModelName, Decided> undone = new HashMap<>();

    private final LogEnd modelsEnd;
    private boolean caughtUp;

    /// A deployment, and for how many cycles more what it names may still come.
    private record Decided(Deployment deployment, int patience) {
        Decided later() {
            return new Decided(deployment, patience - 1);
        }
    }

    FactsFollower(
            KafkaConnection kafka,
            Consumer<String, byte[]> consumer,
            Topics topics,
            SnapshotCodec codec,
            PageState state) {
        this.kafka = kafka;
        this.consumer = consumer;
        this.state = state;
        labels = new LabelParser(state.dataset());
        this.topics = topics;
        this.codec = codec;
        models = new TopicPartition(topics.models(), 0);
        TopicPartition quality = new TopicPartition(topics.quality(), 0);
        TopicPartition events = new TopicPartition(topics.events(), 0);
        TopicPartition deployments = new TopicPartition(topics.deployments(), 0);
        List<TopicPartition> late = KafkaConnection.partitions(consumer, topics.labels());
        List<TopicPartition> all = new ArrayList<>(late);
        all.add(models);
        all.add(quality);
        all.add(events);
        all.add(deployments);
        consumer.assign(all);
        consumer.seekToBeginning(List.of(models, deployments));
        modelsEnd = LogEnd.now(kafka, consumer, List.of(models));
        consumer.seekToEnd(late);
        Map<TopicPartition, Long> first = consumer.beginningOffsets(List.of(quality, events));
        LogEnd end = LogEnd.now(kafka, consumer, List.of(quality, events));
        consumer.seek(quality, Math.max(first.getOrDefault(quality, 0L), end.of(quality) - QUALITY_BACK));
        consumer.seek(events, Math.max(first.getOrDefault(events, 0L), end.of(events) - EVENTS_BACK));
    }

    /// Takes in what is there.
    void cycle() {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
            if (record.topic().equals(topics.models())) {
                versions.take(record);
            }
            if (record.value() == null) {
                if (record.topic().equals(topics.deployments())) {
                    SnapshotKey.read(record.key()).ifPresent(key -> decided(Deployment.none(key.model())));
                }
                continue;
            }
            try {
                take(record);
            } catch (InvalidSnapshotException | IllegalArgumentException fault) {
                LOG.debug("offset {} of {} is passed over: {}", record.offset(), record.topic(), fault.getMessage());
            }
        }
        if (!caughtUp && modelsEnd.reached()) {
            caughtUp = true;
            versions.models().forEach(this::showNewest);
        }
        if (caughtUp) {
            for (Decided decided : List.copyOf(undone.values())) {
                ModelName place = decided.deployment().model();
                if (isThere(decided.deployment())) {
                    decide(decided.deployment());
                    undone.remove(place);
                } else if (decided.patience() > 0) {
                    undone.put(place, decided.later());
                } else {
                    LOG.debug("the deployment of {} names what is not there, and is not shown", place);
                    undone.remove(place);
                }
            }
        }
    }

    private void decided(Deployment deployment) {
        undone.put(deployment.model(), new Decided(deployment, PATIENCE));
    }

    /// Whether there is what serves, and of each challenger a version.
    private boolean isThere(Deployment deployment) {
        boolean serves = deployment.version().isPresent()
                ? versions.find(deployment.serving(), deployment.version().getAsLong())
                        .isPresent()
                : deployment.serving().equals(deployment.model())
                        || !versions.newestFirst(deployment.serving()).isEmpty();
        return serves
                && deployment.challengers().stream()
                        .noneMatch(run ->
                                versions.newestFirst(deployment.rival(run)).isEmpty());
    }

    /// Shows the newest version that can be: of what was there at the start no other is decoded.
    private void showNewest(ModelName model) {
        try (SnapshotReader reader = new SnapshotReader(kafka, models, codec)) {
            for (PublishedVersions.Published version : versions.newestFirst(model)) {
                try {
                    Optional<SnapshotReader.Loaded> loaded = reader.read(version);
                    if (loaded.isPresent()) {
                        state.published(loaded.get().snapshot(), version.at());
                        return;
                    }
                } catch (InvalidSnapshotException bad) {
                    LOG.debug("{} cannot be shown: {}", version.key(), bad.getMessage());
                }
            }
        }
    }

    private void decide(Deployment deployment) {
        try (SnapshotReader reader = new SnapshotReader(kafka, models, codec)) {
            Optional<PublishedVersions.Published> version = deployment.version().isEmpty()
                    ? Optional.empty()
                    : versions.find(deployment.serving(), deployment.version().getAsLong());
            Optional<PageState.Published> pinned = Optional.empty();
            if (version.isPresent()) {
                Instant at = version.get().at();
                pinned = reader.read(version.get()).map(loaded -> new PageState.Published(loaded.snapshot(), at));
            }
            state.deployed(deployment, pinned);
        } catch (InvalidSnapshotException bad) {
            LOG.debug("{} cannot be shown: {}", deployment.serving(), bad.getMessage());
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) throws InvalidSnapshotException {
        if (record.topic().equals(topics.models())) {
            if (caughtUp) {
                Snapshot snapshot = codec.decode(record.value());
                state.published(snapshot, Instant.ofEpochMilli(record.timestamp()));
            }
        } else if (record.topic().equals(topics.deployments())) {
            decided(Deployment.fromRecord(record.key(), record.value()));
        } else if (record.topic().equals(topics.labels())) {
            state.labelled(String.valueOf(record.key()), labels.label(record.value()));
        } else if (record.topic().equals(topics.events())) {
            state.happened(StreamEvent.fromJson(record.value()));
        } else {
            QualityEvent event = QualityEvent.fromJson(record.value());
            PipelineName.parse(event.pipeline());
            state.measured(event);
        }
    }
}
