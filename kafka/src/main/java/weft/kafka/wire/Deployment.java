package weft.kafka.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weft.core.model.ModelName;

/// One record of the deployments topic, keyed by its model: what serves in the model's place, and what challenges it.
///
/// @param model the place, which gives the pipelines their names: `raw` is served by any run of its family
/// @param run that serves
/// @param version that it is pinned to; empty for the newest
/// @param challengers runs that are scored beside it, none twice
/// @param gates by challenger, on what it is promoted by itself, as text
/// @param by who decided, and `why`
/// @param deployed versions that records of this model have named so far, latest first: they are kept
public record Deployment(
        ModelName model,
        String run,
        OptionalLong version,
        List<String> challengers,
        SortedMap<String, String> gates,
        Instant at,
        String by,
        String why,
        List<SnapshotKey> deployed) {
    /// So many versions are remembered.
    public static final int MOST_DEPLOYED = 256;

    /// More rivals than anybody watches.
    public static final int MOST_CHALLENGERS = 8;

    private static final int MOST_TEXT = 1_000;
    private static final String NEWEST = "newest";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    public Deployment {
        ModelName.checkRun(run);
        challengers = List.copyOf(challengers);
        gates = Collections.unmodifiableSortedMap(new TreeMap<>(gates));
        deployed = List.copyOf(deployed.subList(0, Math.min(MOST_DEPLOYED, deployed.size())));
        challengers.forEach(ModelName::checkRun);
        if (challengers.size() > MOST_CHALLENGERS) {
            throw new IllegalArgumentException(
                    "at most " + MOST_CHALLENGERS + " runs can challenge " + model + ", not " + challengers.size());
        }
        if (challengers.contains(run)) {
            throw new IllegalArgumentException("run " + run + " serves " + model + " and cannot challenge it as well");
        }
        if (challengers.contains(model.run())) {
            throw new IllegalArgumentException(
                    "run " + model.run() + " gives model " + model + " its name and cannot challenge there");
        }
        if (challengers.stream().distinct().count() < challengers.size()) {
            throw new IllegalArgumentException("a run challenges " + model + " twice: " + challengers);
        }
        if (!challengers.containsAll(gates.keySet())) {
            throw new IllegalArgumentException("a run that does not challenge cannot be promoted: " + gates.keySet());
        }
        if (version.isPresent() && version.getAsLong() < 1) {
            throw new IllegalArgumentException("version must be at least 1, not " + version.getAsLong());
        }
    }

    /// What serves where nobody has decided anything: the model's own run, newest version.
    public static Deployment none(ModelName model) {
        return new Deployment(
                model, model.run(), OptionalLong.empty(), List.of(), new TreeMap<>(), Instant.EPOCH, "", "", List.of());
    }

    /// The model that serves.
    public ModelName serving() {
        return rival(run);
    }

    /// The model of a run in this place.
    public ModelName rival(String itsRun) {
        return new ModelName(model.family(), itsRun);
    }

    /// The same with another who, when and why.
    public Deployment signed(Instant when, String who, String reason) {
        return new Deployment(
                model, run, version, challengers, gates, when, shortened(who), shortened(reason), deployed);
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(MOST_TEXT, text.length()));
    }

    /// Another run or version serves. A challenger that is promoted challenges no more.
    public Deployment serving(String newRun, OptionalLong newVersion) {
        List<String> others = new ArrayList<>(challengers);
        others.remove(newRun);
        SortedMap<String, String> otherGates = new TreeMap<>(gates);
        otherGates.keySet().retainAll(others);
        return new Deployment(model, newRun, newVersion, others, otherGates, at, by, why, deployed);
    }

    /// The same with other challengers.
    public Deployment challengedBy(List<String> runs, Map<String, String> newGates) {
        SortedMap<String, String> kept = new TreeMap<>(newGates);
        kept.keySet().retainAll(runs);
        return new Deployment(model, run, version, runs, kept, at, by, why, deployed);
    }

    /// The same that also remembers a version.
    public Deployment remembering(ModelName of, long number) {
        SnapshotKey key = SnapshotKey.of(of, number);
        List<SnapshotKey> all = new ArrayList<>(deployed);
        all.remove(key);
        all.addFirst(key);
        return new Deployment(model, run, version, challengers, gates, at, by, why, all);
    }

    /// The record's value.
    public byte[] toJson() {
        ObjectNode json = MAPPER.createObjectNode();
        json.put("model", model.toString());
        json.put("run", run);
        if (version.isPresent()) {
            json.put("version", version.getAsLong());
        } else {
            json.put("version", NEWEST);
        }
        json.set("challengers", MAPPER.valueToTree(challengers));
        if (!gates.isEmpty()) {
            json.set("promoteWhen", MAPPER.valueToTree(gates));
        }
        json.put("at", Times.text(at));
        json.put("by", by);
        json.put("why", why);
        json.set(
                "deployed",
                MAPPER.valueToTree(deployed.stream().map(SnapshotKey::toString).toList()));
        try {
            return MAPPER.writeValueAsBytes(json);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }

    /// Reads a record of the deployments topic.
    ///
    /// @throws IllegalArgumentException that says in one line why it makes no sense
    public static Deployment fromRecord(@Nullable String key, byte[] value) {
        try {
            JsonNode json = MAPPER.readTree(value);
            String model = text(json, "model");
            if (!model.equals(key)) {
                throw new IllegalArgumentException("its key is " + key + " and its model '" + model + "'");
            }
            SortedMap<String, String> gates = new TreeMap<>();
            json.path("promoteWhen")
                    .properties()
                    .forEach(gate -> gates.put(gate.getKey(), gate.getValue().asText()));
            Deployment deployment = new Deployment(
                    ModelName.parse(model),
                    text(json, "run"),
                    version(json.path("version")),
                    texts(json.path("challengers")),
                    gates,
                    json.has("at") ? Times.instant(text(json, "at")) : Instant.EPOCH,
                    json.path("by").asText(""),
                    json.path("why").asText(""),
                    texts(json.path("deployed")).stream()
                            .map(SnapshotKey::parse)
                            .toList());
            gates.values().forEach(Gate::parse);
            return deployment;
        } catch (IOException | DateTimeException fault) {
            String first =
                    String.valueOf(fault.getMessage()).lines().findFirst().orElse("");
            throw new IllegalArgumentException("not a deployment: " + first, fault);
        }
    }

    private static String text(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isTextual()) {
            throw new IllegalArgumentException("field " + field + " must be a text, not "
                    + (value.isMissingNode() ? "missing" : Digits.shown(value.toString())));
        }
        return value.asText();
    }

    private static OptionalLong version(JsonNode value) {
        if (value.isMissingNode() || value.asText().equals(NEWEST)) {
            return OptionalLong.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new IllegalArgumentException(
                    "version must be a whole number or \"newest\", not " + Digits.shown(value.toString()));
        }
        return OptionalLong.of(value.asLong());
    }

    private static List<String> texts(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return texts;
    }
}
