package weft.kafka.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import weft.core.math.NotFiniteException;
import weft.core.model.ClusterFacts;
import weft.core.model.Model;
import weft.core.model.ModelFamilies;
import weft.core.model.ModelFamily;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.kafka.wire.InvalidSnapshotException.Reason;
import weft.kafka.wire.proto.ClusterFactsMessage;
import weft.kafka.wire.proto.LayeredMessage;
import weft.kafka.wire.proto.ProvenanceMessage;
import weft.kafka.wire.proto.SnapshotMessage;

/// Snapshots to Protobuf and back; the same snapshot gives the same bytes always.
public final class SnapshotCodec {
    private static final int FORMAT = 2;

    /// What releases before families wrote.
    private static final int WITHOUT_FAMILIES = 1;

    private final ModelFamilies families;

    /// For snapshots of these families.
    public SnapshotCodec(ModelFamilies families) {
        this.families = families;
    }

    /// The value for the models topic.
    public byte[] encode(Snapshot snapshot) {
        Model model = snapshot.model();
        ModelFamily family = families.get(model.name().family());
        SnapshotMessage.Builder message = SnapshotMessage.newBuilder()
                .setFormat(FORMAT)
                .setModel(model.name().toString())
                .setShape(Shapes.message(model.shape()))
                .setFamily(family.name())
                .setPayload(ByteString.copyFrom(family.encode(model)));
        Provenance provenance = snapshot.provenance();
        message.setProvenance(ProvenanceMessage.newBuilder()
                .setImagesSeen(provenance.imagesSeen())
                .putAllTrainedThrough(provenance.trainedThrough())
                .setSeed(provenance.seed())
                .putAllHyperparameters(provenance.hyperparameters())
                .putAllLosses(provenance.losses())
                .setSoftware(provenance.software()));
        snapshot.facts().forEach((pipeline, facts) -> message.addFacts(FactsCodec.message(pipeline, facts)));
        snapshot.strangeness().ifPresent(strangeness -> message.setStrangeness(FactsCodec.message(strangeness)));
        return deterministicBytes(message.build());
    }

    /// The bytes of a message with its maps in sorted order, as `toByteArray` does not promise.
    public static byte[] deterministicBytes(Message message) {
        byte[] bytes = new byte[message.getSerializedSize()];
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        out.useDeterministicSerialization();
        try {
            message.writeTo(out);
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        out.checkNoSpaceLeft();
        return bytes;
    }

    /// The version of a value of the models topic, without its model; empty where it is none.
    public static OptionalLong version(byte[] value) {
        try {
            SnapshotMessage message = SnapshotMessage.parseFrom(value);
            return message.hasProvenance()
                    ? OptionalLong.of(message.getProvenance().getImagesSeen())
                    : OptionalLong.empty();
        } catch (InvalidProtocolBufferException foreign) {
            return OptionalLong.empty();
        }
    }

    /// Reads and checks a value of the models topic.
    ///
    /// @throws InvalidSnapshotException where it is too large, malformed, of a later format, of sizes that do
    /// not fit or has numbers that are not finite
    public Snapshot decode(byte[] value) throws InvalidSnapshotException {
        if (value.length > Topics.SNAPSHOT_BYTES) {
            throw new InvalidSnapshotException(
                    Reason.TOO_LARGE,
                    "a snapshot has at most " + Topics.SNAPSHOT_BYTES + " bytes, not " + value.length);
        }
        SnapshotMessage message;
        try {
            message = SnapshotMessage.parseFrom(value);
        } catch (InvalidProtocolBufferException fault) {
            throw new InvalidSnapshotException(Reason.MALFORMED, "not a snapshot: " + fault.getMessage(), fault);
        }
        if (message.getFormat() < WITHOUT_FAMILIES || message.getFormat() > FORMAT) {
            throw new InvalidSnapshotException(
                    Reason.FORMAT,
                    "snapshot format must be " + WITHOUT_FAMILIES + " to " + FORMAT + ", not " + message.getFormat()
                            + ": a release that writes it reads it");
        }
        try {
            if (!message.hasProvenance()) {
                throw new IllegalArgumentException("the snapshot has no provenance");
            }
            Model model = model(message);
            return new Snapshot(
                    model,
                    provenance(message.getProvenance()),
                    facts(message),
                    message.hasStrangeness()
                            ? Optional.of(FactsCodec.strangeness(message.getStrangeness(), model.shape()))
                            : Optional.empty());
        } catch (NotFiniteException fault) {
            throw new InvalidSnapshotException(Reason.NOT_FINITE, String.valueOf(fault.getMessage()), fault);
        } catch (IllegalArgumentException fault) {
            Reason reason =
                    fault.getCause() instanceof InvalidProtocolBufferException ? Reason.MALFORMED : Reason.DIMENSIONS;
            throw new InvalidSnapshotException(reason, String.valueOf(fault.getMessage()), fault);
        }
    }

    private Model model(SnapshotMessage message) {
        ModelName name = ModelName.parse(message.getModel());
        if (message.getFormat() == WITHOUT_FAMILIES) {
            LayeredMessage.Builder layered = LayeredMessage.newBuilder()
                    .setEncoder(message.getEncoder())
                    .addAllPipelines(message.getPipelinesList());
            if (message.hasDecoder()) {
                layered.setDecoder(message.getDecoder());
            }
            return families.get(name.family())
                    .decode(
                            name,
                            Shapes.ofFormat1(message.getEncoder()),
                            layered.build().toByteArray());
        }
        if (!message.getFamily().equals(name.family())) {
            throw new IllegalArgumentException("model " + name + " cannot be of family '" + message.getFamily() + "'");
        }
        return families.get(name.family())
                .decode(
                        name,
                        Shapes.shape(message.getShape()),
                        message.getPayload().toByteArray());
    }

    private static Map<PipelineName, ClusterFacts> facts(SnapshotMessage message) {
        Map<PipelineName, ClusterFacts> facts = new LinkedHashMap<>();
        for (ClusterFactsMessage of : message.getFactsList()) {
            facts.put(PipelineName.parse(of.getPipeline()), FactsCodec.facts(of));
        }
        return facts;
    }

    private static Provenance provenance(ProvenanceMessage message) {
        return new Provenance(
                message.getImagesSeen(),
                message.getTrainedThroughMap(),
                message.getSeed(),
                message.getHyperparametersMap(),
                message.getLossesMap(),
                message.getSoftware());
    }
}
