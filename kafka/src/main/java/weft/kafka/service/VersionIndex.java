package weft.kafka.service;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import weft.core.model.ModelName;
import weft.kafka.service.PublishedVersions.Published;

/// Where each version of each model stands on the models topic.
public final class VersionIndex {
    private final Map<String, Published> byKey = new LinkedHashMap<>();

    /// Takes a record of the topic in; a tombstone takes its version out.
    public void take(ConsumerRecord<String, byte[]> record) {
        byKey.remove(String.valueOf(record.key()));
        PublishedVersions.of(record).ifPresent(one -> byKey.put(one.key(), one));
    }

    /// The models of which there is a version.
    public Set<ModelName> models() {
        return byKey.values().stream().map(Published::model).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /// The versions of a model that are there, newest first.
    public List<Published> newestFirst(ModelName model) {
        return byKey.values().stream()
                .filter(one -> one.model().equals(model))
                .sorted(Comparator.comparingLong(Published::version).reversed())
                .toList();
    }

    /// One version, where it is there.
    public Optional<Published> find(ModelName model, long version) {
        return byKey.values().stream()
                .filter(one -> one.model().equals(model) && one.version() == version)
                .findFirst();
    }
}
