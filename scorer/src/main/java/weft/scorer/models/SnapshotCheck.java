package weft.scorer.models;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import weft.core.image.Shape;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.core.model.SnapshotPass;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.InvalidSnapshotException.Reason;

/// What a snapshot must be to score the stream's images.
///
/// @param shape of the images
record SnapshotCheck(Shape shape) {
    void all(Snapshot snapshot, Collection<PipelineName> pipelines) throws InvalidSnapshotException {
        pipelinesAndShape(snapshot, pipelines);
        scores(snapshot, pipelines);
    }

    void pipelinesAndShape(Snapshot snapshot, Collection<PipelineName> pipelines) throws InvalidSnapshotException {
        if (!snapshot.model().clusterers().keySet().containsAll(pipelines)) {
            throw new InvalidSnapshotException(
                    Reason.DIMENSIONS,
                    "snapshot " + snapshot.version() + " of model "
                            + snapshot.model().name() + " has the pipelines "
                            + snapshot.model().clusterers().keySet() + ", not all of " + pipelines);
        }
        if (!snapshot.model().shape().equals(shape)) {
            throw new InvalidSnapshotException(
                    Reason.DIMENSIONS,
                    "snapshot " + snapshot.version() + " of model "
                            + snapshot.model().name() + " takes images of "
                            + snapshot.model().shape() + ", not " + shape);
        }
    }

    /// Finite numbers may still overflow: the darkest and the brightest image must get finite scores.
    void scores(Snapshot snapshot, Collection<PipelineName> pipelines) throws InvalidSnapshotException {
        SnapshotPass pass = new SnapshotPass(snapshot, pipelines::contains);
        List<PipelineName> overflown = new ArrayList<>();
        float[] values = new float[shape.values()];
        for (float value : new float[] {0, 1}) {
            Arrays.fill(values, value);
            pass.score(values, (pipeline, assignment, objective) -> {
                if (!Double.isFinite(assignment.score())
                        || !Double.isFinite(assignment.margin())
                        || !Double.isFinite(objective)) {
                    overflown.add(pipeline);
                }
            });
        }
        if (!overflown.isEmpty()) {
            throw new InvalidSnapshotException(
                    Reason.NOT_FINITE,
                    "snapshot " + snapshot.version() + " gives no finite scores in " + overflown.getFirst());
        }
    }
}
