package weft.kafka.service;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/// The real form of [TopicIds].
record AdminTopicIds(Admin admin) implements TopicIds {
    /// Three times what one broker may take: others are asked too.
    private static final int PATIENCE_MILLIS = 15_000;

    @Override
    public Map<String, Uuid> of(Collection<String> topics) {
        Map<String, KafkaFuture<TopicDescription>> described = admin.describeTopics(
                        topics, new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS))
                .topicNameValues();
        Map<String, Uuid> ids = new HashMap<>();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> topic : described.entrySet()) {
            try {
                ids.put(topic.getKey(), topic.getValue().get().topicId());
            } catch (ExecutionException fault) {
                if (!(fault.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw fault.getCause() instanceof KafkaException known
                            ? known
                            : new KafkaException("topic " + topic.getKey() + " cannot be described", fault);
                }
            } catch (InterruptedException stop) {
                throw new InterruptException(stop);
            }
        }
        return ids;
    }

    @Override
    public void close() {
        admin.close(Duration.ZERO);
    }
}
