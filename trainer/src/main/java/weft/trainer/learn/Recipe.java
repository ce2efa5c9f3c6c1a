package weft.trainer.learn;

import com.google.protobuf.ByteString;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.model.PipelineName;
import weft.trainer.cluster.ClustererLearner;

/// How one model is trained: everything of a training that its family decides.
public interface Recipe {
    /// Length of the codes that its clusterers see.
    int codeSize();

    /// Everything of the options that the result depends on, by name, as text.
    Map<String, String> hyperparameters();

    /// Learns the encoder, from the start or from what [EncoderLearner#save] gave.
    EncoderLearner encoder(Optional<ByteString> saved);

    /// Learns one of its pipelines, from the start or from what [ClustererLearner#save] gave.
    ClustererLearner clusterer(PipelineName pipeline, Optional<ByteString> saved);

    /// Of how many mini-batches one is judged for drift: more than one where looking at an image costs much.
    default int judgedOfBatches() {
        return 1;
    }

    /// How many of the newest images are looked at for what a publication tells of the clusters: fewer where looking
    /// at an image costs much.
    default int surveyed() {
        return 10_000;
    }

    /// About how many bytes a snapshot's payload will have: whether it fits is asked before the training starts.
    long payloadBytes(List<PipelineName> pipelines);
}
