package weft.core.wire;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import weft.core.math.NotFiniteException;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.NetworkEncoder;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;
import weft.core.wire.InvalidSnapshotException.Reason;
import weft.core.wire.proto.EncoderMessage;
import weft.core.wire.proto.IdentityMessage;
import weft.core.wire.proto.PipelineMessage;
import weft.core.wire.proto.ProvenanceMessage;
import weft.core.wire.proto.SnapshotMessage;

/// Snapshots to Protobuf and back; the same snapshot gives the same bytes always.
public final class SnapshotCodec {
    private static final int FORMAT = 1;

    private SnapshotCodec() {}

    /// The value for the models topic.
    public static byte[] encode(Snapshot snapshot) {
        Model model = snapshot.model();
        SnapshotMessage.Builder message =
                SnapshotMessage.newBuilder().setFormat(FORMAT).setModel(model.name());
        switch (model.encoder()) {
            case IdentityEncoder identity ->
                message.setEncoder(EncoderMessage.newBuilder()
                        .setIdentity(IdentityMessage.newBuilder().setInputs(identity.inputs())));
            case NetworkEncoder encoder ->
                message.setEncoder(EncoderMessage.newBuilder().setNetwork(ModelMessages.network(encoder.network())));
        }
        model.decoder().ifPresent(decoder -> message.setDecoder(ModelMessages.network(decoder)));
        model.clusterers().forEach((name, clusterer) -> message.addPipelines(ModelMessages.pipeline(name, clusterer)));
        Provenance provenance = snapshot.provenance();
        message.setProvenance(ProvenanceMessage.newBuilder()
                .setImagesSeen(provenance.imagesSeen())
                .putAllTrainedThrough(provenance.trainedThrough())
                .setSeed(provenance.seed())
                .putAllHyperparameters(provenance.hyperparameters())
                .putAllLosses(provenance.losses())
                .setSoftware(provenance.software()));
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

    /// Reads and checks a value of the models topic.
    ///
    /// @throws InvalidSnapshotException where it is too large, malformed, of a later format, of sizes that do
    /// not fit or has numbers that are not finite
    public static Snapshot decode(byte[] value) throws InvalidSnapshotException {
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
        if (message.getFormat() != FORMAT) {
            throw new InvalidSnapshotException(
                    Reason.FORMAT, "snapshot format must be " + FORMAT + ", not " + message.getFormat());
        }
        try {
            if (!message.hasProvenance()) {
                throw new IllegalArgumentException("the snapshot has no provenance");
            }
            return new Snapshot(model(message), provenance(message.getProvenance()));
        } catch (NotFiniteException fault) {
            throw new InvalidSnapshotException(Reason.NOT_FINITE, String.valueOf(fault.getMessage()), fault);
        } catch (IllegalArgumentException fault) {
            throw new InvalidSnapshotException(Reason.DIMENSIONS, String.valueOf(fault.getMessage()), fault);
        }
    }

    private static Model model(SnapshotMessage message) {
        Encoder encoder = switch (message.getEncoder().getKindCase()) {
            case IDENTITY ->
                new IdentityEncoder(message.getEncoder().getIdentity().getInputs());
            case NETWORK ->
                new NetworkEncoder(ModelMessages.network(message.getEncoder().getNetwork()));
            case KIND_NOT_SET -> throw new IllegalArgumentException("the snapshot has no encoder");
        };
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        List<String> twice = new ArrayList<>();
        for (PipelineMessage pipeline : message.getPipelinesList()) {
            if (clusterers.put(PipelineName.parse(pipeline.getName()), ModelMessages.clusterer(pipeline)) != null) {
                twice.add(pipeline.getName());
            }
        }
        if (!twice.isEmpty()) {
            throw new IllegalArgumentException("pipelines appear twice: " + twice);
        }
        return new Model(
                message.getModel(),
                encoder,
                message.hasDecoder() ? Optional.of(ModelMessages.network(message.getDecoder())) : Optional.empty(),
                clusterers);
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
