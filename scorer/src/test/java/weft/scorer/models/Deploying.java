package weft.scorer.models;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import weft.core.model.Snapshot;
import weft.kafka.service.SnapshotReader.Loaded;
import weft.kafka.wire.Deployment;

/// Decides without a topic.
public final class Deploying {
    private Deploying() {}

    /// Puts a deployment into force, with snapshots of runs that are new.
    public static void deploy(ModelRegistry models, Deployment deployment, Snapshot... fresh) {
        List<Loaded> loaded =
                Arrays.stream(fresh).map(one -> new Loaded(one, 1_000)).toList();
        models.deploy(deployment, loaded, Optional.empty());
    }

    /// Has a version serve.
    public static void pin(ModelRegistry models, Snapshot snapshot) {
        Deployment deployment = Deployment.none(snapshot.model().name())
                .serving(snapshot.model().name().run(), OptionalLong.of(snapshot.version()));
        models.deploy(deployment, List.of(), Optional.of(snapshot));
    }
}
