package weft.kafka.service;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
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
    private static final Logger LOG = LoggerFactory.getLogger(Contenders.class);

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

    /// The newest that can be read; those that cannot are told in one line.
    private Snapshot newest(ModelName of) {
        List<Published> newestFirst = versions.stream()
                .filter(one -> one.model().equals(of))
                .sorted(Comparator.comparingLong(Published::version).reversed())
                .toList();
        List<String> bad = new ArrayList<>();
        for (Published version : newestFirst) {
            try {
                Snapshot snapshot = codec.decode(PublishedVersions.value(kafka, topics, version));
                if (!bad.isEmpty()) {
                    LOG.warn(
                            "newer versions of model {} are passed over: {}, the first {}",
                            of,
                            bad.size(),
                            bad.getFirst());
                }
                return snapshot;
            } catch (InvalidSnapshotException unreadable) {
                bad.add(version.key() + ": " + unreadable.getMessage());
            }
        }
        throw new UserError("no version of model " + of + " is on " + topics.models()
                + (bad.isEmpty() ? "" : " that can be read, " + bad.getFirst()));
    }
}
