package weft.kafka.service;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.common.Uuid;

/// Tells topics of one name apart: one that was deleted and made again has another id.
public interface TopicIds extends AutoCloseable {
    /// The ids of those topics that exist now.
    Map<String, Uuid> of(Collection<String> topics);

    @Override
    void close();
}
