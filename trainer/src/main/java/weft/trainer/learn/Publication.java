package weft.trainer.learn;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.trainer.proto.Checkpoint;

/// What a training gives to the world at some point, to be committed as one.
///
/// @param snapshot the model as it is now; empty where it has learnt nothing since the last publication: an epoch
///     may end with images that teach nothing, and their offsets count too
/// @param epochEnd whether an epoch of a partition ended here
/// @param checkpoint everything that it takes to go on exactly from here
/// @param trainedThrough for each partition the offset before which all has been learnt from
/// @param drift how far the encoder had moved when the clusters followed it last, as a share of the codes' variance;
///     NaN where it is not known: of an encoder that never moves, at the first milestone and at the first time after
///     a restart
/// @param reseeds clusters that died and were put elsewhere, since the start
/// @param events what has happened since the last publication
public record Publication(
        Optional<Snapshot> snapshot,
        boolean epochEnd,
        Checkpoint checkpoint,
        Map<Integer, Long> trainedThrough,
        double drift,
        Map<PipelineName, Long> reseeds,
        List<Happening> events) {
    public Publication {
        events = List.copyOf(events);
        trainedThrough = Map.copyOf(trainedThrough);
        reseeds = Map.copyOf(reseeds);
    }
}
