package weft.trainer.cluster;

import com.google.protobuf.ByteString;
import java.util.Map;
import weft.core.model.Clusterer;

/// Learns a clusterer from codes in mini-batches.
///
/// The same codes in the same order give the same bits; [#save] and a restore go on exactly.
public interface ClustererLearner {
    /// Learns from a mini-batch and writes the cluster of each row into `clusters`; before the first fit it
    /// does nothing and writes -1.
    void learn(Codes batch, int[] clusters);

    /// Whether [#follow] wants the window at this milestone, which costs encoding it a second time.
    boolean wantsWindow(long imagesSeen);

    /// Whether it follows codes that move: then it also wants the window where an epoch ends.
    default boolean followsCodes() {
        return false;
    }

    /// Fits itself to the window of the last images, encoded by the encoder as it is now.
    ///
    /// @param clusters the stored cluster of each row, -1 where it has none; overwritten with the new ones
    void follow(Codes window, int[] clusters, long imagesSeen);

    /// The work of a milestone, after [#follow] where the window was wanted.
    default void milestone(long imagesSeen) {}

    /// Forgets what came before the last images: the stream has changed.
    ///
    /// @param images since then
    /// @param anew whether it fits itself anew, ids kept, to the next window that has enough of them
    default void forget(long images, boolean anew) {}

    /// Remembers as long as ever: the stream is stable again.
    default void remember() {}

    /// Whether there has been a first fit.
    boolean started();

    /// The clusterer as it is now; only once it has [#started].
    Clusterer clusterer();

    /// What it optimises, by name, over the images learnt since the last call; empty where there were none.
    ///
    /// `inertia` is the mean squared distance of an image, `loglikelihood` the mean of an image in nats, `bic`
    /// the Bayesian information criterion (Schwarz 1978) of these images: `p ln n − 2 n loglikelihood`.
    Map<String, Double> measures();

    /// Clusters that died and were put elsewhere, since the start.
    long reseeds();

    /// Everything that it takes to go on exactly.
    ByteString save();
}
