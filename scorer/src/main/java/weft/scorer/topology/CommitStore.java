package weft.scorer.topology;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/// A small store in memory whose owner keeps the values itself and writes them once a commit.
///
/// Kafka Streams has no public hook before a commit. Version 4.3.1 flushes its caches there
/// (`StreamTask.prepareCommit`, `ProcessorStateManager.flushCache`), before it sends the offsets: what is written in
/// that call belongs to the same transaction. Hence this store is a cache by its type.
final class CommitStore extends WrappedStateStore<KeyValueStore<String, byte[]>, String, byte[]> {
    private Runnable beforeCommit = CommitStore::nothing;

    CommitStore(KeyValueStore<String, byte[]> values) {
        super(values);
    }

    private static void nothing() {}

    /// What to call before each commit until the store closes; it replaces an earlier one.
    void beforeCommit(Runnable save) {
        beforeCommit = save;
    }

    /// What was kept at the last commit.
    KeyValueStore<String, byte[]> values() {
        return wrapped();
    }

    @Override
    public void flushCache() {
        beforeCommit.run();
        super.flushCache();
    }

    @Override
    public void close() {
        // A task that is revived opens it again: what was not committed must not be written.
        beforeCommit = CommitStore::nothing;
        super.close();
    }

    /// Makes a store with a changelog, unless it is switched off.
    static StoreBuilder<CommitStore> builder(String name) {
        return new Builder(
                Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                        .withCachingDisabled()
                        .withLoggingEnabled(Map.of()));
    }

    private record Builder(StoreBuilder<KeyValueStore<String, byte[]>> values) implements StoreBuilder<CommitStore> {
        @Override
        public CommitStore build() {
            return new CommitStore(values.build());
        }

        @Override
        public StoreBuilder<CommitStore> withCachingEnabled() {
            throw new UnsupportedOperationException("the owner keeps the values");
        }

        @Override
        public StoreBuilder<CommitStore> withCachingDisabled() {
            return this;
        }

        @Override
        public StoreBuilder<CommitStore> withLoggingEnabled(Map<String, String> config) {
            return new Builder(values.withLoggingEnabled(config));
        }

        @Override
        public StoreBuilder<CommitStore> withLoggingDisabled() {
            return new Builder(values.withLoggingDisabled());
        }

        @Override
        public Map<String, String> logConfig() {
            return values.logConfig();
        }

        @Override
        public boolean loggingEnabled() {
            return values.loggingEnabled();
        }

        @Override
        public String name() {
            return values.name();
        }
    }
}
