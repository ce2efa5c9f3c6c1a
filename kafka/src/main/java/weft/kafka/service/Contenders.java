package weft.kafka.service;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.PublishedVersions.Published;
import weft.kafka.wire.Deployment;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.Topics;

/// The versions of a family's runs, and which of the runs can stand in for another.
///
/// @param versions of all runs
record Contenders(KafkaConnection kafka, Topics topics, SnapshotCodec codec, List<Published> versions) {
    /// The versions of a run that are kept, oldest first.
    List<Long> kept(ModelName of) {
        return versions.stream()
                .filter(one -> one.model().equals(of))
                .map(Published::version)
                .sorted()
                .distinct()
                .toList();
    }

    /// A run's model, which has what the one that serves has.
    ///
    /// @throws UserError where it has not, or is not there
    ModelName rival(Deployment current, String run) {
        ModelName rival = model(current.model(), run);
        Snapshot its = newest(rival);
        Snapshot serving = newest(current.serving());
        if (!its.model().shape().equals(serving.model().shape())) {
            throw new UserError(
                    "model " + rival + " takes images of " + its.model().shape() + ", model " + current.serving()
                            + " of " + serving.model().shape());
        }
        Set<PipelineName> wanted = as(run, serving);
        if (!its.model().clusterers().keySet().containsAll(wanted)) {
            throw new UserError("model " + rival + " has the pipelines "
                    + names(its.model().clusterers().keySet()) + ", not all of " + names(wanted));
        }
        return rival;
    }

    private ModelName model(ModelName model, String run) {
        try {
            ModelName rival = new ModelName(model.family(), run);
            if (kept(rival).isEmpty()) {
                throw new UserError("no version of model " + rival + " is on " + topics.models() + ": there is "
                        + versions.stream()
                                .map(one -> one.model().toString())
                                .distinct()
                                .sorted()
                                .collect(Collectors.joining(", ")));
            }
            return rival;
        } catch (IllegalArgumentException fault) {
            throw new UserError("--run: " + fault.getMessage(), fault);
        }
    }

    private static Set<PipelineName> as(String run, Snapshot snapshot) {
        return snapshot.model().clusterers().keySet().stream()
                .map(pipeline -> pipeline.of(run))
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static String names(Set<PipelineName> pipelines) {
        return pipelines.stream().map(PipelineName::toString).collect(Collectors.joining(", "));
    }

    private Snapshot newest(ModelName of) {
        Published newest = versions.stream()
                .filter(one -> one.model().equals(of))
                .reduce((a, b) -> a.version() > b.version() ? a : b)
                .orElseThrow(() -> new UserError("no version of model " + of + " is on " + topics.models()));
        try {
            return codec.decode(PublishedVersions.value(kafka, topics, newest));
        } catch (InvalidSnapshotException bad) {
            throw new UserError(newest.key() + " on " + topics.models() + " cannot be read: " + bad.getMessage(), bad);
        }
    }
}
