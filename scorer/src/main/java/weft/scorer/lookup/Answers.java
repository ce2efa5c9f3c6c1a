package weft.scorer.lookup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import weft.core.metric.ContingencyTable;
import weft.core.model.ClusterFacts;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.kafka.service.HttpServer;
import weft.scorer.models.ModelRegistry;
import weft.scorer.models.Rival;
import weft.scorer.models.Roles;
import weft.scorer.models.Seat;
import weft.scorer.models.Slot;
import weft.scorer.proto.QualityPartial;
import weft.scorer.quality.GlobalQuality;
import weft.scorer.quality.Slice;
import weft.scorer.quality.TallyName;

/// What the look-up answers.
final class Answers {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GlobalQuality quality;
    private final ModelRegistry models;
    private final LookupFeed feed;
    private final Clock clock;

    Answers(GlobalQuality quality, ModelRegistry models, LookupFeed feed, Clock clock) {
        this.quality = quality;
        this.models = models;
        this.feed = feed;
        this.clock = clock;
    }

    Views.Pipelines pipelines() {
        return new Views.Pipelines(new Roles(models).names());
    }

    /// The record that the quality topic would get now.
    byte[] quality(String name) {
        return quality.of(name, totals(name), clock.instant()).toJson();
    }

    /// Clusters × classes.
    Views.Confusion confusion(String name, String slice, boolean window) {
        Slice chosen = Arrays.stream(Slice.values())
                .filter(one -> one.id().equals(slice))
                .findFirst()
                .orElseThrow(() -> new NotFoundException("unknown slice " + HttpServer.shown(slice) + ": "
                        + Arrays.stream(Slice.values()).map(Slice::id).collect(Collectors.joining(", "))));
        GlobalQuality.Labelled labelled = quality.table(totals(name), chosen, window);
        ContingencyTable table = labelled.table();
        return new Views.Confusion(
                name,
                slice,
                window,
                labelled.labels(),
                IntStream.range(0, table.clusters())
                        .mapToObj(
                                cluster -> IntStream.range(0, labelled.labels().size())
                                        .mapToObj(label -> table.count(cluster, label))
                                        .toList())
                        .toList());
    }

    Views.Clusters clusters(String name) {
        Collection<QualityPartial> totals = totals(name);
        return new Views.Clusters(
                name,
                IntStream.range(0, totals.iterator().next().getClusters())
                        .mapToObj(cluster -> cluster(name, totals, cluster))
                        .toList());
    }

    Views.Cluster cluster(String name, String number) {
        Collection<QualityPartial> totals = totals(name);
        int k = totals.iterator().next().getClusters();
        if (!number.matches("\\d{1,6}") || Integer.parseInt(number) >= k) {
            throw new NotFoundException(
                    "pipeline " + name + " has the clusters 0 to " + (k - 1) + ", not " + HttpServer.shown(number));
        }
        return cluster(name, totals, Integer.parseInt(number));
    }

    /// Size over the life; name and purity from the labelled train images of the window.
    private Views.Cluster cluster(String name, Collection<QualityPartial> totals, int cluster) {
        long all = 0;
        long size = 0;
        for (QualityPartial total : totals) {
            all += total.getImages();
            size += total.getSizes(cluster);
        }
        GlobalQuality.Labelled live = quality.table(totals, Slice.LIVE, true);
        ContingencyTable table = live.table();
        long labelled = table.clusterSize(cluster);
        int majority = table.majority()[cluster];
        return new Views.Cluster(
                cluster,
                size,
                (double) size / all,
                labelled,
                majority < 0 ? null : live.labels().get(majority),
                majority < 0 ? null : (double) table.count(cluster, majority) / labelled,
                generation(name, cluster));
    }

    /// As the snapshot in use under that name has it; null where it tells none.
    private @Nullable Integer generation(String name, int cluster) {
        for (Slot slot : models.slots()) {
            for (Rival rival : slot.rivals()) {
                for (Seat seat : rival.seating().seats()) {
                    if (seat.shown().toString().equals(name)
                            && !rival.newestFirst().isEmpty()) {
                        ClusterFacts facts =
                                rival.newestFirst().getFirst().facts().get(seat.answers());
                        return facts == null ? null : facts.generations().get(cluster);
                    }
                }
            }
        }
        return null;
    }

    Views.Models models() {
        return new Views.Models(List.copyOf(models.models()));
    }

    /// Where the snapshot in use comes from.
    Views.Model model(String name) {
        Slot slot = models.slots().stream()
                .filter(one -> one.model().toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        "unknown model " + HttpServer.shown(name) + ": " + String.join(", ", models.models())));
        List<Snapshot> snapshots = slot.champion().newestFirst();
        if (snapshots.isEmpty()) {
            throw new NotFoundException("model " + name + " has no snapshot yet");
        }
        Snapshot snapshot = snapshots.getFirst();
        Provenance provenance = snapshot.provenance();
        return new Views.Model(
                name,
                slot.champion().seating().model().run(),
                slot.challengers().stream()
                        .map(one -> one.seating().model().run())
                        .toList(),
                snapshot.version(),
                provenance.imagesSeen(),
                provenance.seed(),
                provenance.software(),
                snapshot.model().clusterers().keySet().stream()
                        .map(PipelineName::toString)
                        .toList(),
                provenance.trainedThrough(),
                provenance.hyperparameters(),
                provenance.losses(),
                snapshots.size());
    }

    /// The assignments of an image, as they are on the topic.
    List<JsonNode> image(String id) {
        Collection<byte[]> assignments = feed.assignments(id);
        if (assignments.isEmpty()) {
            throw new NotFoundException("image " + HttpServer.shown(id)
                    + " is unknown or no longer kept; the assignments topic has it longer");
        }
        List<JsonNode> read = new ArrayList<>();
        try {
            for (byte[] assignment : assignments) {
                read.add(JSON.readTree(assignment));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return read;
    }

    private Collection<QualityPartial> totals(String name) {
        Roles roles = new Roles(models);
        TallyName tally = roles.tally(name)
                .orElseThrow(() -> new NotFoundException(
                        "unknown pipeline " + HttpServer.shown(name) + ": " + String.join(", ", roles.names())));
        Collection<QualityPartial> totals = feed.totals(tally);
        if (totals.isEmpty()) {
            throw new NotFoundException("pipeline " + name + " has assigned nothing yet");
        }
        return totals;
    }
}
