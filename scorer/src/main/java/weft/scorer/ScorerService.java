package weft.scorer;

import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.Silence;
import weft.kafka.service.Trouble;
import weft.kafka.service.UserError;
import weft.kafka.wire.Topics;
import weft.scorer.lookup.LookupFeed;
import weft.scorer.lookup.LookupRoutes;
import weft.scorer.models.ModelAge;
import weft.scorer.models.ModelRegistry;
import weft.scorer.models.SnapshotFeed;
import weft.scorer.topology.Hold;
import weft.scorer.topology.ScorerMetrics;
import weft.scorer.topology.ScorerTopology;

/// Scores images live with the newest snapshots, exactly once.
public final class ScorerService implements Service {
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final ModelRegistry models;
    private final SnapshotFeed feed;
    private final ModelAge age;
    private final Optional<LookupFeed> lookup;
    private final KafkaStreams streams;
    private final KafkaStreamsMetrics streamsMetrics;
    private final Thread waiter;
    private final Trouble trouble;
    private final Silence silence;
    private final CountDownLatch closing;
    private final Hold hold;

    private ScorerService(
            ModelRegistry models,
            SnapshotFeed feed,
            ModelAge age,
            Optional<LookupFeed> lookup,
            KafkaStreams streams,
            KafkaStreamsMetrics streamsMetrics,
            Trouble trouble,
            Silence silence,
            CountDownLatch closing,
            Hold hold) {
        this.models = models;
        this.feed = feed;
        this.age = age;
        this.lookup = lookup;
        this.streams = streams;
        this.streamsMetrics = streamsMetrics;
        this.trouble = trouble;
        this.silence = silence;
        this.closing = closing;
        this.hold = hold;
        waiter = Thread.ofPlatform().name("first-snapshots").daemon().unstarted(this::resumeWhenComplete);
    }

    /// Starts to score; until every model has a snapshot, Kafka holds the images.
    ///
    /// @param lookup opened for questions once there is something to ask
    public static ScorerService start(ServiceContext context, ScorerOptions options, Optional<LookupRoutes> lookup) {
        Topics topics = context.topics();
        ModelRegistry models =
                new ModelRegistry(options.pipelines(), context.dataset().shape(), options.publishChallengers());
        Hold hold = new Hold();
        KafkaStreams streams = new KafkaStreams(
                ScorerTopology.build(
                        topics,
                        context.dataset(),
                        models,
                        new ScorerMetrics(context.meters()),
                        context.clock(),
                        partitions(context.kafka(), topics),
                        options.labels(),
                        hold),
                context.kafka()
                        .properties(ScorerSettings.of(topics, options.state(), options.threads(), options.paced())),
                new SteadyTime());
        hold.of(streams);
        Trouble trouble = Trouble.metered("scoring", context.clock(), context.meters());
        CountDownLatch closing = new CountDownLatch(1);
        ThreadReplacement replacement =
                new ThreadReplacement(trouble, fault -> inOurWords(context, fault), context.onFailure(), closing);
        streams.setUncaughtExceptionHandler(replacement);
        streams.setStateListener(replacement);
        KafkaStreamsMetrics streamsMetrics = new KafkaStreamsMetrics(streams);
        streamsMetrics.bindTo(context.meters());
        SnapshotFeed feed = SnapshotFeed.start(context, models);
        Optional<LookupFeed> answering =
                lookup.map(routes -> routes.open(context, ScorerTopology.totalsTopic(topics), models));
        ScorerService service = new ScorerService(
                models,
                feed,
                new ModelAge(options.maxModelAge(), models, feed, context.clock(), context.meters()),
                answering,
                streams,
                streamsMetrics,
                trouble,
                silence(context, models),
                closing,
                hold);
        streams.start();
        service.waiter.start();
        return service;
    }

    private static Silence silence(ServiceContext context, ModelRegistry models) {
        Topics topics = context.topics();
        return Silence.start(
                context,
                "scoring-silence",
                Silence.Watched.logged(
                        "scoring",
                        List.of(topics.images(), topics.models(), topics.labels()),
                        images -> waitsFor(topics, models, images)));
    }

    private static Optional<Silence.Cause> waitsFor(Topics topics, ModelRegistry models, long images) {
        String held = images == 0 ? topics.images() + " is empty" : topics.images() + " holds " + images + " records";
        if (!models.complete()) {
            return Optional.of(new Silence.Cause(
                    "snapshots",
                    "waiting for the first snapshot of " + String.join(", ", models.missing()) + " on "
                            + topics.models() + "; " + held));
        }
        return images == 0 ? Optional.of(new Silence.Cause("images", "waiting for images: " + held)) : Optional.empty();
    }

    /// Kafka Streams names a tool that is not ours where its topics do not fit the images' partitions.
    private static Throwable inOurWords(ServiceContext context, Throwable fault) {
        if (!String.valueOf(fault.getMessage()).contains("invalid partitions")) {
            return fault;
        }
        try {
            partitions(context.kafka(), context.topics());
            return fault;
        } catch (UserError known) {
            return known;
        }
    }

    /// Of the images; the counts that an earlier scorer has left must be of as many.
    private static int partitions(KafkaConnection kafka, Topics topics) {
        try (Admin admin = kafka.admin()) {
            int images = partitions(admin, topics.images());
            Set<String> existing = admin.listTopics().names().get();
            for (String counts : topics.scorerCounts()) {
                int counted = existing.contains(counts) ? partitions(admin, counts) : images;
                if (counted != images) {
                    throw new UserError("topic " + topics.images() + " has " + images
                            + " partitions now, and the scorer's counts are of " + counted
                            + " and cannot follow: stop every scorer and give the counts up by 'weft topics --partitions "
                            + images + " --raise', or choose another --prefix");
                }
            }
            return images;
        } catch (ExecutionException fault) {
            throw new IllegalStateException("topic " + topics.images() + " cannot be described", fault);
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted at the start", fault);
        }
    }

    private static int partitions(Admin admin, String topic) throws ExecutionException, InterruptedException {
        return admin.describeTopics(List.of(topic))
                .allTopicNames()
                .get()
                .values()
                .iterator()
                .next()
                .partitions()
                .size();
    }

    private void resumeWhenComplete() {
        try {
            feed.awaitCaughtUp();
            models.awaitComplete();
            if (closing.getCount() > 0) {
                hold.end();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String name() {
        return "scorer";
    }

    @Override
    public boolean live() {
        return streams.state().isRunningOrRebalancing() || streams.state() == KafkaStreams.State.CREATED;
    }

    @Override
    public boolean ready() {
        return streams.state() == KafkaStreams.State.RUNNING
                && models.complete()
                && age.report().isEmpty();
    }

    @Override
    public List<String> troubles() {
        return Stream.concat(
                        Stream.of(trouble.report(), feed.trouble(), silence.report())
                                .flatMap(Optional::stream),
                        age.report().stream())
                .toList();
    }

    @Override
    public void close() {
        closing.countDown();
        waiter.interrupt();
        silence.close();
        feed.stop();
        lookup.ifPresent(LookupFeed::stop);
        // Who leaves hands its partitions over at once; who stays silent is waited for.
        streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                .withTimeout(CLOSE));
        streamsMetrics.close();
        feed.close();
        lookup.ifPresent(LookupFeed::close);
    }
}
