package weft.monitoring;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import weft.core.model.ClusterFacts;
import weft.core.model.Clusterer;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.KafkaConnection;
import weft.kafka.service.PublishedVersions;
import weft.kafka.service.PublishedVersions.Published;
import weft.kafka.service.UserError;
import weft.kafka.wire.InvalidSnapshotException;
import weft.kafka.wire.SnapshotCodec;
import weft.kafka.wire.Times;
import weft.kafka.wire.Topics;

/// What a published version knows of the clusters of a pipeline.
public final class ClusterListing {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double MEDIAN = 0.5;
    private static final double FAR = 0.98;

    private ClusterListing() {}

    /// A JSON object for each cluster, in the order of their ids.
    ///
    /// @param at which version; empty for the newest
    /// @param centres whether to tell them, in the space of the codes
    /// @throws UserError where the version or the pipeline is not there
    public static List<String> lines(
            KafkaConnection kafka,
            Topics topics,
            SnapshotCodec codec,
            PipelineName pipeline,
            OptionalLong at,
            boolean centres) {
        Published version = find(kafka, topics, pipeline.owner(), at);
        Snapshot snapshot;
        try {
            snapshot = codec.decode(PublishedVersions.value(kafka, topics, version));
        } catch (InvalidSnapshotException refused) {
            throw new UserError(
                    "version " + version.version() + " of model " + version.model() + " cannot be read: "
                            + refused.getMessage(),
                    refused);
        }
        Clusterer clusterer = snapshot.model().clusterers().get(pipeline);
        if (clusterer == null) {
            throw new UserError("version " + version.version() + " of model " + version.model() + " has no pipeline "
                    + pipeline + ", only "
                    + snapshot.model().clusterers().keySet().stream()
                            .map(PipelineName::toString)
                            .collect(Collectors.joining(", ")));
        }
        ClusterFacts facts = snapshot.facts().get(pipeline);
        List<String> lines = new ArrayList<>();
        for (int c = 0; c < clusterer.k(); c++) {
            ObjectNode line = JSON.createObjectNode();
            line.put("pipeline", pipeline.toString())
                    .put("modelVersion", snapshot.version())
                    .put("at", Times.text(version.at()))
                    .put("cluster", c);
            if (facts != null) {
                line.put("generation", facts.generations().get(c))
                        .put("spreadMedian", facts.spread().quantile(c, MEDIAN))
                        .put("spread98", facts.spread().quantile(c, FAR));
            }
            if (centres) {
                clusterer.centre(c).ifPresent(centre -> {
                    ArrayNode values = line.putArray("centre");
                    for (float value : centre) {
                        values.add(value);
                    }
                });
            }
            lines.add(line.toString());
        }
        return lines;
    }

    private static Published find(KafkaConnection kafka, Topics topics, ModelName model, OptionalLong at) {
        List<Published> versions = PublishedVersions.required(kafka, topics, model).stream()
                .filter(one -> one.model().equals(model))
                .sorted(Comparator.comparingLong(Published::version))
                .toList();
        if (at.isEmpty()) {
            return versions.getLast();
        }
        return versions.stream()
                .filter(one -> one.version() == at.getAsLong())
                .reduce((_, later) -> later)
                .orElseThrow(() -> new UserError("version " + at.getAsLong() + " of model " + model + " is not on "
                        + topics.models() + ", which keeps " + versions.size() + " from "
                        + versions.getFirst().version() + " to "
                        + versions.getLast().version() + " (weft versions " + model + ")"));
    }
}
