package weft.scorer.labels;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import weft.scorer.proto.AwaitingImage;
import weft.scorer.proto.JudgementMessage;
import weft.scorer.proto.KeptLabel;
import weft.scorer.quality.Slice;
import weft.scorer.quality.TallyName;

/// Where the images of one task wait for their labels, and labels for their images.
///
/// A label holds for every image of its id that came up to the policy's age before or after it. The store has
/// three kinds of keys: `I id 0 serial` an image, `L id` a label, and `T time kind serial-or-id` that leads
/// from the time of either to it, so that what is too old is found without a search.
public final class LabelDesk {
    private static final byte IMAGE = 'I';
    private static final byte LABEL = 'L';
    private static final byte TIME = 'T';

    /// So that a task that comes back after a long rest is not busy for long at once.
    private static final int EXPIRED_AT_ONCE = 50_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final LabelPolicy policy;
    private final long pausedMillis;
    private long serial;
    private int images;
    private int labels;

    /// What an [#expire] has let go.
    public record Expired(int images, int unmatchedLabels) {}

    /// Goes on with what the store has kept; the time since the newest of it does not count as waiting, as
    /// labels that came meanwhile are yet to be read.
    ///
    /// @param now in milliseconds, as for every call
    public LabelDesk(KeyValueStore<Bytes, byte[]> store, LabelPolicy policy, long now) {
        this.store = store;
        this.policy = policy;
        long newest = Long.MIN_VALUE;
        try (KeyValueIterator<Bytes, byte[]> all = range(TIME)) {
            while (all.hasNext()) {
                var kept = all.next();
                byte[] entry = kept.value;
                newest = Math.max(newest, ByteBuffer.wrap(kept.key.get()).getLong(1));
                if (entry[0] == IMAGE) {
                    images++;
                    serial = Math.max(serial, ByteBuffer.wrap(entry).getLong(entry.length - Long.BYTES) + 1);
                } else {
                    labels++;
                }
            }
        }
        pausedMillis = newest == Long.MIN_VALUE ? 0 : Math.max(0, now - newest);
    }

    /// Images that wait now.
    public int images() {
        return images;
    }

    /// The label of an id that came before this image of it, by its name or by the index of its class.
    public Optional<String> label(byte[] id) {
        byte[] value = store.get(labelKey(id));
        if (value == null) {
            return Optional.empty();
        }
        KeptLabel kept = parse(KeptLabel.parser(), value);
        if (!kept.getUsed()) {
            store.put(labelKey(id), kept.toBuilder().setUsed(true).build().toByteArray());
        }
        return Optional.of(kept.getName().isEmpty() ? Integer.toString(kept.getLabel()) : kept.getName());
    }

    /// Keeps an image until its label comes; says whether there was room.
    public boolean await(byte[] id, List<Judgement> judgements, long now) {
        if (images >= policy.capacity()) {
            return false;
        }
        long since = running(now);
        AwaitingImage.Builder image = AwaitingImage.newBuilder().setSince(since);
        for (Judgement judgement : judgements) {
            image.addJudgementsBuilder()
                    .setPipeline(judgement.tally().toString())
                    .setSlice(judgement.slice().id())
                    .setCluster(judgement.cluster());
        }
        Bytes key = imageKey(id, serial++);
        store.put(key, image.build().toByteArray());
        store.put(timeKey(since, key), key.get());
        images++;
        return true;
    }

    /// Takes a label in: every image of its id that waits is given back, for the last time; says nothing twice.
    ///
    /// @return what it counts for; null where the label waits for an image and there is no room for it
    public @Nullable List<Judgement> arrived(byte[] id, String label, long now) {
        List<Bytes> waiting = new ArrayList<>();
        List<Judgement> judgements = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found = store.range(imageKey(id, 0), imageKey(id, Long.MAX_VALUE))) {
            while (found.hasNext()) {
                var entry = found.next();
                if (entry.key.get().length == id.length + 2 + Long.BYTES) {
                    AwaitingImage image = parse(AwaitingImage.parser(), entry.value);
                    image.getJudgementsList().forEach(one -> judgements.add(judgement(one)));
                    waiting.add(entry.key);
                    waiting.add(timeKey(image.getSince(), entry.key));
                }
            }
        }
        waiting.forEach(store::delete);
        images -= waiting.size() / 2;
        boolean kept = keep(id, label, !waiting.isEmpty(), now);
        return kept || !waiting.isEmpty() ? judgements : null;
    }

    private boolean keep(byte[] id, String label, boolean used, long now) {
        long since = running(now);
        Bytes key = labelKey(id);
        byte[] before = store.get(key);
        if (before != null) {
            store.delete(timeKey(parse(KeptLabel.parser(), before).getSince(), key));
            labels--;
        } else if (labels >= policy.capacity()) {
            return false;
        }
        KeptLabel kept = KeptLabel.newBuilder()
                .setName(label)
                .setUsed(used)
                .setSince(since)
                .build();
        store.put(key, kept.toByteArray());
        store.put(timeKey(since, key), key.get());
        labels++;
        return true;
    }

    /// Lets go of what has waited longer than the policy's age, the oldest first.
    public Expired expire(long now) {
        List<Bytes> old = new ArrayList<>();
        int oldImages = 0;
        int oldLabels = 0;
        int unmatched = 0;
        Bytes from = timeKey(0, Bytes.wrap(new byte[0]));
        Bytes to = timeKey(Math.max(0, running(now) - policy.age().toMillis()), Bytes.wrap(new byte[0]));
        try (KeyValueIterator<Bytes, byte[]> found = store.range(from, to)) {
            while (found.hasNext() && old.size() < 2 * EXPIRED_AT_ONCE) {
                var entry = found.next();
                old.add(entry.key);
                old.add(Bytes.wrap(entry.value));
            }
        }
        for (int i = 1; i < old.size(); i += 2) {
            if (old.get(i).get()[0] == IMAGE) {
                oldImages++;
            } else {
                oldLabels++;
                byte[] label = store.get(old.get(i));
                unmatched += parse(KeptLabel.parser(), label).getUsed() ? 0 : 1;
            }
        }
        old.forEach(store::delete);
        images -= oldImages;
        labels -= oldLabels;
        return new Expired(oldImages, unmatched);
    }

    /// The desk's own time, which stands while no scorer runs.
    private long running(long now) {
        return now - pausedMillis;
    }

    private KeyValueIterator<Bytes, byte[]> range(byte kind) {
        return store.range(Bytes.wrap(new byte[] {kind}), Bytes.wrap(new byte[] {(byte) (kind + 1)}));
    }

    private static Judgement judgement(JudgementMessage message) {
        return new Judgement(
                TallyName.parse(message.getPipeline()),
                Slice.valueOf(message.getSlice().toUpperCase(Locale.ROOT)),
                message.getCluster());
    }

    private static Bytes labelKey(byte[] id) {
        return Bytes.wrap(ByteBuffer.allocate(1 + id.length).put(LABEL).put(id).array());
    }

    private static Bytes imageKey(byte[] id, long serial) {
        return Bytes.wrap(ByteBuffer.allocate(id.length + 2 + Long.BYTES)
                .put(IMAGE)
                .put(id)
                .put((byte) 0)
                .putLong(serial)
                .array());
    }

    private static Bytes timeKey(long time, Bytes key) {
        return Bytes.wrap(ByteBuffer.allocate(1 + Long.BYTES + key.get().length)
                .put(TIME)
                .putLong(time)
                .put(key.get())
                .array());
    }

    private static <M extends MessageLite> M parse(Parser<M> parser, byte[] value) {
        try {
            return parser.parseFrom(value);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalStateException("a record of the scorer's own label store cannot be read", fault);
        }
    }
}
