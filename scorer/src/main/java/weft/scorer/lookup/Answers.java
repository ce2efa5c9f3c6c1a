package weft.scorer.lookup;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import weft.core.image.FashionClasses;
import weft.core.metric.ContingencyTable;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.scorer.models.ModelRegistry;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.GlobalQuality;
import weft.scorer.quality.Slice;

/// What the look-up answers, as JSON.
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<PipelineName> pipelines;
    private final ModelRegistry models;
    private final LookupFeed feed;
    private final Clock clock;

    Answers(List<PipelineName> pipelines, ModelRegistry models, LookupFeed feed, Clock clock) {
        this.pipelines = List.copyOf(pipelines);
        this.models = models;
        this.feed = feed;
        this.clock = clock;
    }

    byte[] pipelines() {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode names = json.putArray("pipelines");
        pipelines.forEach(pipeline -> names.add(pipeline.toString()));
        return bytes(json);
    }

    /// The record that the quality topic would get now.
    byte[] quality(String name) {
        return GlobalQuality.of(totals(name), clock.instant()).toJson();
    }

    /// Clusters × classes.
    byte[] confusion(String name, String slice, boolean window) {
        Slice chosen = Arrays.stream(Slice.values())
                .filter(one -> one.id().equals(slice))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("unknown slice " + NotFoundException.shown(slice) + ": "
                        + Arrays.stream(Slice.values()).map(Slice::id).collect(Collectors.joining(", "))));
        ContingencyTable table = GlobalQuality.table(totals(name), chosen, window);
        ObjectNode json = JSON.createObjectNode();
        json.put("pipeline", name);
        json.put("slice", slice);
        json.put("window", window);
        ArrayNode classes = json.putArray("classes");
        ArrayNode counts = json.putArray("counts");
        for (int label = 0; label < table.classes(); label++) {
            classes.add(FashionClasses.name(label));
        }
        for (int cluster = 0; cluster < table.clusters(); cluster++) {
            ArrayNode row = counts.addArray();
            for (int label = 0; label < table.classes(); label++) {
                row.add(table.count(cluster, label));
            }
        }
        return bytes(json);
    }

    byte[] clusters(String name) {
        Collection<QualityPartial> totals = totals(name);
        ObjectNode json = JSON.createObjectNode();
        json.put("pipeline", name);
        ArrayNode clusters = json.putArray("clusters");
        for (int cluster = 0; cluster < totals.iterator().next().getClusters(); cluster++) {
            clusters.add(cluster(totals, cluster));
        }
        return bytes(json);
    }

    byte[] cluster(String name, String number) {
        Collection<QualityPartial> totals = totals(name);
        int k = totals.iterator().next().getClusters();
        if (!number.matches("\\d{1,6}") || Integer.parseInt(number) >= k) {
            throw new NotFoundException("pipeline " + name + " has the clusters 0 to " + (k - 1) + ", not "
                    + NotFoundException.shown(number));
        }
        return bytes(cluster(totals, Integer.parseInt(number)));
    }

    /// Size over the life; name and purity from the labelled train images of the window.
    private static ObjectNode cluster(Collection<QualityPartial> totals, int cluster) {
        long all = 0;
        long size = 0;
        for (QualityPartial total : totals) {
            all += total.getImages();
            size += total.getSizes(cluster);
        }
        ObjectNode json = JSON.createObjectNode();
        json.put("cluster", cluster);
        json.put("images", size);
        json.put("share", (double) size / all);
        ContingencyTable labelled = GlobalQuality.table(totals, Slice.LIVE, true);
        json.put("labelled", labelled.clusterSize(cluster));
        int majority = labelled.majority()[cluster];
        if (majority >= 0) {
            json.put("name", FashionClasses.name(majority));
            json.put("purity", (double) labelled.count(cluster, majority) / labelled.clusterSize(cluster));
        }
        return json;
    }

    byte[] models() {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode names = json.putArray("models");
        models.models().forEach(names::add);
        return bytes(json);
    }

    /// Where the snapshot in use comes from.
    byte[] model(String name) {
        if (!models.models().contains(name)) {
            throw new NotFoundException(
                    "unknown model " + NotFoundException.shown(name) + ": " + String.join(", ", models.models()));
        }
        List<Snapshot> snapshots = models.snapshots(name);
        if (snapshots.isEmpty()) {
            throw new NotFoundException("model " + name + " has no snapshot yet");
        }
        Snapshot snapshot = snapshots.getFirst();
        Provenance provenance = snapshot.provenance();
        ObjectNode json = JSON.createObjectNode();
        json.put("model", name);
        json.put("version", snapshot.version());
        json.put("imagesSeen", provenance.imagesSeen());
        json.put("seed", provenance.seed());
        json.put("software", provenance.software());
        ArrayNode names = json.putArray("pipelines");
        snapshot.model().clusterers().keySet().forEach(pipeline -> names.add(pipeline.toString()));
        ObjectNode trained = json.putObject("trainedThrough");
        provenance.trainedThrough().forEach((partition, offset) -> trained.put(partition.toString(), offset));
        ObjectNode hyperparameters = json.putObject("hyperparameters");
        provenance.hyperparameters().forEach(hyperparameters::put);
        ObjectNode losses = json.putObject("losses");
        provenance.losses().forEach(losses::put);
        json.put("keptVersions", snapshots.size());
        return bytes(json);
    }

    /// The assignments of an image, as they are on the topic.
    byte[] image(String id) {
        Collection<byte[]> assignments = feed.assignments(id);
        if (assignments.isEmpty()) {
            throw new NotFoundException("image " + NotFoundException.shown(id)
                    + " is unknown or no longer kept; the assignments topic has it longer");
        }
        ArrayNode json = JSON.createArrayNode();
        try {
            for (byte[] assignment : assignments) {
                json.add(JSON.readTree(assignment));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return bytes(json);
    }

    private Collection<QualityPartial> totals(String name) {
        PipelineName pipeline = pipelines.stream()
                .filter(one -> one.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("unknown pipeline " + NotFoundException.shown(name) + ": "
                        + pipelines.stream().map(PipelineName::toString).collect(Collectors.joining(", "))));
        Collection<QualityPartial> totals = feed.totals(pipeline);
        if (totals.isEmpty()) {
            throw new NotFoundException("pipeline " + name + " has assigned nothing yet");
        }
        return totals;
    }

    static byte[] error(String message) {
        return bytes(JSON.createObjectNode().put("error", message));
    }

    private static byte[] bytes(Object json) {
        try {
            return JSON.writeValueAsBytes(json);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
