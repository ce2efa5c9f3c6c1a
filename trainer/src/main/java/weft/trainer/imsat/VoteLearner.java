package weft.trainer.imsat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import weft.core.model.Clusterer;
import weft.core.model.MeanVote;
import weft.trainer.cluster.ClustererLearner;
import weft.trainer.cluster.Codes;
import weft.trainer.proto.VoteState;

/// Has nothing to learn: the networks' outputs are the clusters, and the first network's numbers are their ids.
final class VoteLearner implements ClustererLearner {
    /// Images from which the networks have learnt anything.
    private static final long FEWEST = 500;

    private final int k;
    private long images;

    VoteLearner(int k, Optional<ByteString> saved) {
        this.k = k;
        images = saved.map(VoteLearner::images).orElse(0L);
    }

    private static long images(ByteString saved) {
        try {
            return VoteState.parseFrom(saved).getImages();
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("the saved state of a clusterer cannot be read", fault);
        }
    }

    @Override
    public void learn(Codes batch, int[] clusters) {
        images += batch.rows();
        Arrays.fill(clusters, -1);
    }

    @Override
    public boolean wantsWindow(long imagesSeen) {
        return false;
    }

    @Override
    public void follow(Codes window, int[] clusters, long imagesSeen) {
        throw new IllegalStateException("a vote wants no window");
    }

    @Override
    public boolean started() {
        return images >= FEWEST;
    }

    @Override
    public Clusterer clusterer() {
        return new MeanVote(Committee.REPLICAS, k);
    }

    @Override
    public Map<String, Double> measures() {
        return Map.of();
    }

    @Override
    public long reseeds() {
        return 0;
    }

    @Override
    public ByteString save() {
        return VoteState.newBuilder().setImages(images).build().toByteString();
    }
}
