package weft.kafka.service;

import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.kafka.service.PublishedVersions.Published;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigures;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.StreamEvent;
import weft.kafka.wire.Topics;

/// Decides what serves a model: each decision is one record of the deployments topic and one event, committed as one.
///
/// Whoever opens it fences who had it open before, so that two commands at once do not undo each other unseen. The
/// gate of a scorer writes in the scorer's own transaction and is not fenced: its record may overtake.
public final class Deployments implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Deployments.class);

    private final KafkaConnection kafka;
    private final Topics topics;
    private final ModelName model;
    private final Clock clock;
    private final Producer<String, byte[]> producer;
    private final Contenders contenders;
    private final InForce inForce;
    private final Deployment current;

    /// Who decides, and why.
    public record Signature(String by, String why) {}

    /// Reads what there is and what was decided last.
    ///
    /// @throws UserError where there is no version of the model
    public static Deployments open(
            KafkaConnection kafka, Topics topics, SnapshotCodec codec, ModelName model, Clock clock) {
        PublishedVersions.required(kafka, topics, model);
        Producer<String, byte[]> producer = kafka.producer(Map.of(
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                topics.prefix() + "-deployments-" + model,
                ProducerConfig.MAX_BLOCK_MS_CONFIG,
                "30000",
                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG,
                "10000"));
        try {
            producer.initTransactions();
            return new Deployments(kafka, topics, codec, model, clock, producer);
        } catch (RuntimeException fault) {
            producer.close();
            throw fault;
        }
    }

    private Deployments(
            KafkaConnection kafka,
            Topics topics,
            SnapshotCodec codec,
            ModelName model,
            Clock clock,
            Producer<String, byte[]> producer) {
        this.kafka = kafka;
        this.topics = topics;
        this.model = model;
        this.clock = clock;
        this.producer = producer;
        List<Published> versions = PublishedVersions.required(kafka, topics, model);
        inForce = InForce.read(kafka, topics, model, versions);
        current = inForce.deployment();
        contenders = new Contenders(kafka, topics, codec, versions);
    }

    /// What was decided last and makes sense.
    public Deployment current() {
        return current;
    }

    /// Has an earlier version of the run that serves do so again.
    ///
    /// @param to empty for the one before what serves
    /// @throws UserError where it is not there
    public Deployment rollback(OptionalLong to, Signature signature) {
        ModelName serving = current.serving();
        long now = inUse(current);
        List<Long> kept = contenders.kept(serving);
        if (kept.isEmpty()) {
            throw new UserError("no version of model " + serving + ", which serves, is on " + topics.models());
        }
        long target = to.orElseGet(() -> kept.stream()
                .filter(version -> version < now)
                .max(Long::compare)
                .orElseThrow(() -> new UserError("no version of model " + serving + " before " + now
                        + " is kept (weft versions " + model + ")")));
        if (!kept.contains(target)) {
            throw new UserError("version " + target + " of model " + serving + " is not on " + topics.models()
                    + ", which keeps " + kept.size() + " from " + kept.getFirst() + " to " + kept.getLast()
                    + " (weft versions " + model + ")");
        }
        return commit(
                current.serving(current.run(), OptionalLong.of(target))
                        .remembering(serving, now)
                        .remembering(serving, target),
                StreamEvent.Kind.ROLLBACK,
                Map.of("from", now, "to", target),
                signature);
    }

    /// Has the newest version serve, and each that follows.
    public Deployment follow(Signature signature) {
        return commit(
                current.serving(current.run(), OptionalLong.empty()).remembering(current.serving(), inUse(current)),
                StreamEvent.Kind.PROMOTION,
                Map.of("from", inUse(current)),
                signature);
    }

    /// Has another run serve with its newest version.
    ///
    /// @throws UserError where it serves already, or cannot
    public Deployment promote(String run, Signature signature) {
        if (current.run().equals(run)) {
            throw new UserError("run " + run + " serves model " + model + " already");
        }
        ModelName rival = contenders.rival(current, run);
        return commit(
                current.serving(run, OptionalLong.empty())
                        .remembering(current.serving(), inUse(current))
                        .remembering(rival, contenders.kept(rival).getLast()),
                StreamEvent.Kind.PROMOTION,
                Map.of("from", inUse(current), "fromRun", current.run()),
                signature);
    }

    /// Has a run scored beside the one that serves.
    ///
    /// @param gate on what it is promoted by itself
    /// @throws UserError where it serves, has the place's own name, or cannot be scored
    public Deployment challenge(String run, Optional<String> gate, Signature signature) {
        if (current.run().equals(run)) {
            throw new UserError("run " + run + " serves model " + model + " and cannot challenge it as well");
        }
        if (current.rival(run).equals(model)) {
            throw new UserError(
                    "run " + run + " gives model " + model + " its name and cannot challenge there while run "
                            + current.run() + " serves: weft promote " + model + " --run " + run
                            + ", then challenge with run " + current.run());
        }
        contenders.rival(current, run);
        Set<String> runs = new LinkedHashSet<>(current.challengers());
        runs.add(run);
        Map<String, String> gates = new TreeMap<>(current.gates());
        gates.remove(run);
        gate.ifPresent(text -> gates.put(run, text));
        return challenged(List.copyOf(runs), gates, run, true, signature);
    }

    /// Ends that.
    ///
    /// @throws UserError where the run does not challenge
    public Deployment stop(String run, Signature signature) {
        if (!current.challengers().contains(run)) {
            throw new UserError("run " + run + " does not challenge model " + model
                    + (current.challengers().isEmpty()
                            ? ": none does"
                            : ", only " + String.join(", ", current.challengers())));
        }
        List<String> others = new ArrayList<>(current.challengers());
        others.remove(run);
        return challenged(others, current.gates(), run, false, signature);
    }

    private Deployment challenged(
            List<String> runs, Map<String, String> gates, String run, boolean begins, Signature signature) {
        try {
            return commit(
                    current.challengedBy(runs, gates),
                    StreamEvent.Kind.CHALLENGE,
                    Map.of("challenger", run, "begins", begins),
                    signature);
        } catch (IllegalArgumentException tooMany) {
            throw new UserError(String.valueOf(tooMany.getMessage()), tooMany);
        }
    }

    /// The version that serves, or would.
    private long inUse(Deployment deployment) {
        List<Long> kept = contenders.kept(deployment.serving());
        return deployment.version().orElse(kept.isEmpty() ? 0 : kept.getLast());
    }

    /// Says where the model serves other places too: a decision here does not change those.
    private void warnOfOtherPlaces() {
        for (ModelName place : inForce.alsoServed()) {
            LOG.warn("model {} serves as {} too, where this changes nothing: decide for model {}", model, place, place);
        }
    }

    private Deployment commit(
            Deployment decided, StreamEvent.Kind kind, Map<String, Object> details, Signature signature) {
        Deployment signed = decided.signed(clock.instant(), signature.by(), signature.why());
        Map<String, Object> all = new HashMap<>(details);
        all.put("run", signed.run());
        all.put("by", signed.by());
        all.put("why", signed.why());
        StreamEvent event = new StreamEvent(
                signed.at(), kind, model.toString(), inUse(signed), imagesSeen(), Optional.empty(), all);
        producer.beginTransaction();
        // A send that fails makes the commit fail.
        Future<?> _ = producer.send(new ProducerRecord<>(topics.deployments(), model.toString(), signed.toJson()));
        Future<?> _ = producer.send(new ProducerRecord<>(topics.events(), event.key(), event.toJson()));
        producer.commitTransaction();
        warnOfOtherPlaces();
        return signed;
    }

    /// How many images the model has judged, by the newest record of its figures.
    private long imagesSeen() {
        TopicPartition quality = new TopicPartition(topics.quality(), 0);
        try (Consumer<String, byte[]> consumer = kafka.briefConsumer(Map.of())) {
            LogEnd end = LogEnd.now(kafka, consumer, List.of(quality));
            return LastRecord.find(consumer, quality, end, this::ofModel)
                    .map(record -> (long) QualityEvent.fromJson(record.value())
                            .value(QualityFigures.IMAGES)
                            .orElse(0))
                    .orElse(0L);
        }
    }

    private boolean ofModel(ConsumerRecord<String, byte[]> record) {
        try {
            return record.value() != null
                    && PipelineName.parse(QualityEvent.fromJson(record.value()).pipeline())
                            .owner()
                            .equals(model);
        } catch (IllegalArgumentException foreign) {
            return false;
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
