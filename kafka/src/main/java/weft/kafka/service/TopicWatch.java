package weft.kafka.service;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.wire.Topics;

/// Says in `/health` that a topic was deleted, or deleted and made again, under a running process: most clients
/// notice nothing of it, and wait.
public final class TopicWatch implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(TopicWatch.class);
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private final Trouble trouble;
    private final TopicGuard guard;
    private final Supervised loop;

    private TopicWatch(ServiceContext context) {
        trouble = Trouble.metered("topics", context.clock(), context.meters());
        List<String> names =
                context.topics().specs(1).stream().map(Topics.Spec::name).toList();
        guard = TopicGuard.open(context.kafka(), names);
        loop = Supervised.start(
                "topic-watch",
                Supervised.without(PERIOD, this::cycle),
                new Trouble("topic watch", context.clock()),
                context.onFailure());
    }

    /// Starts to look at the topics, every five seconds.
    public static TopicWatch start(ServiceContext context) {
        return new TopicWatch(context);
    }

    private void cycle() {
        try {
            guard.check();
            trouble.over();
        } catch (TopicChangedException changed) {
            trouble.began(changed);
        } catch (KafkaException away) {
            // The others say themselves that Kafka does not answer.
            LOG.debug("topics cannot be described", away);
        }
    }

    @Override
    public String name() {
        return "topic watch";
    }

    @Override
    public boolean live() {
        return loop.alive();
    }

    @Override
    public boolean ready() {
        return trouble.report().isEmpty();
    }

    @Override
    public List<String> troubles() {
        return trouble.report().stream().toList();
    }

    @Override
    public void close() {
        loop.stop();
        // Ends what is being asked.
        guard.close();
        loop.close();
    }
}
