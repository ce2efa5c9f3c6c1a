package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static weft.kafka.wire.InvalidSnapshotException.Reason.DIMENSIONS;
import static weft.kafka.wire.InvalidSnapshotException.Reason.FORMAT;
import static weft.kafka.wire.InvalidSnapshotException.Reason.MALFORMED;
import static weft.kafka.wire.InvalidSnapshotException.Reason.NOT_FINITE;
import static weft.kafka.wire.InvalidSnapshotException.Reason.TOO_LARGE;
import static weft.kafka.wire.Snapshots.CODEC;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import weft.core.model.Clusterer;
import weft.core.model.Model;
import weft.kafka.wire.InvalidSnapshotException.Reason;
import weft.kafka.wire.proto.SnapshotMessage;

class SnapshotRefusalTest {
    private static final byte[] FORMAT_1 = Snapshots.golden("snapshot-v1.bin");
    private static final byte[] GOOD = CODEC.encode(Snapshots.autoencoder());

    /// One way to spoil a good snapshot, and what is said of it.
    record Spoilt(Reason reason, String message, Consumer<SnapshotMessage.Builder> spoil) {
        @Override
        public String toString() {
            return message;
        }
    }

    static Stream<Spoilt> spoilt() {
        return Stream.of(
                new Spoilt(
                        FORMAT,
                        "snapshot format must be 1 to 2, not 3: a release that writes it reads it",
                        it -> it.setFormat(3)),
                new Spoilt(
                        FORMAT,
                        "snapshot format must be 1 to 2, not 0: a release that writes it reads it",
                        SnapshotMessage.Builder::clearFormat),
                new Spoilt(DIMENSIONS, "the snapshot has no encoder", SnapshotMessage.Builder::clearEncoder),
                new Spoilt(DIMENSIONS, "model ae has no clusterer", SnapshotMessage.Builder::clearPipelines),
                new Spoilt(DIMENSIONS, "the snapshot has no provenance", SnapshotMessage.Builder::clearProvenance),
                new Spoilt(
                        DIMENSIONS,
                        "pipeline ae-kmeans-2 has no clusterer",
                        it -> it.getPipelinesBuilder(0).clearCentroids()),
                new Spoilt(DIMENSIONS, "pipeline ae-kmeans-2 does not belong to model raw", it -> it.setModel("raw")),
                new Spoilt(
                        DIMENSIONS,
                        "unknown pipeline 'ae-dbscan-2': family ae offers ae-kmeans-K, ae-gmm-K",
                        it -> it.getPipelinesBuilder(0).setName("ae-dbscan-2")),
                new Spoilt(DIMENSIONS, "pipeline ae-kmeans-2 appears twice", it -> it.addPipelines(it.getPipelines(0))),
                new Spoilt(
                        NOT_FINITE,
                        "matrix value 3 is NaN",
                        it -> it.getPipelinesBuilder(0)
                                .getCentroidsBuilder()
                                .getCentroidsBuilder()
                                .setValues(3, Float.NaN)),
                new Spoilt(
                        NOT_FINITE,
                        "vector value 1 is Infinity",
                        it -> it.getPipelinesBuilder(1)
                                .getMixtureBuilder()
                                .getComponentsBuilder(0)
                                .setMean(1, Double.POSITIVE_INFINITY)),
                new Spoilt(
                        DIMENSIONS,
                        "the matrix is not positive definite: pivot 0 is -2.0",
                        it -> it.getPipelinesBuilder(1)
                                .getMixtureBuilder()
                                .getComponentsBuilder(0)
                                .setCovariance(0, -2)),
                new Spoilt(
                        DIMENSIONS,
                        "a 2 x 3 matrix does not have 4 values",
                        it -> it.getPipelinesBuilder(0)
                                .getCentroidsBuilder()
                                .getCentroidsBuilder()
                                .setColumns(3)),
                new Spoilt(
                        DIMENSIONS,
                        "a matrix needs rows and columns, not -2 x 2",
                        it -> it.getPipelinesBuilder(0)
                                .getCentroidsBuilder()
                                .getCentroidsBuilder()
                                .setRows(-2)),
                new Spoilt(
                        DIMENSIONS,
                        "pipeline ae-kmeans-4 has 2 clusters",
                        it -> it.getPipelinesBuilder(0).setName("ae-kmeans-4")),
                new Spoilt(
                        DIMENSIONS,
                        "pipeline ae-kmeans-2 takes codes of 2 values, the encoder gives 4",
                        it -> it.getEncoderBuilder().getIdentityBuilder().setInputs(4)),
                new Spoilt(
                        DIMENSIONS,
                        "unknown activation 9",
                        it -> it.getDecoderBuilder().getLayersBuilder(0).setActivationValue(9)),
                new Spoilt(
                        NOT_FINITE,
                        "loss train.bce is NaN",
                        it -> it.getProvenanceBuilder().putLosses("train.bce", Double.NaN)));
    }

    @ParameterizedTest
    @MethodSource("spoilt")
    void refusesWithReason(Spoilt spoilt) throws InvalidProtocolBufferException {
        SnapshotMessage.Builder message = SnapshotMessage.parseFrom(FORMAT_1).toBuilder();
        spoilt.spoil().accept(message);

        refused(message.build().toByteArray(), spoilt.reason(), spoilt.message());
    }

    static Stream<Spoilt> spoiltFamilies() {
        return Stream.of(
                new Spoilt(DIMENSIONS, "the snapshot has no shape", SnapshotMessage.Builder::clearShape),
                new Spoilt(
                        DIMENSIONS,
                        "unknown family 'imsat': known are raw, ae",
                        it -> it.setModel("imsat").setFamily("imsat")),
                new Spoilt(DIMENSIONS, "model raw cannot be of family 'ae'", it -> it.setModel("raw")),
                new Spoilt(
                        DIMENSIONS,
                        "a model is called FAMILY or FAMILY@RUN, not 'ae@Wide'",
                        it -> it.setModel("ae@Wide")),
                new Spoilt(DIMENSIONS, "pipeline ae-kmeans-2 does not belong to model ae@b", it -> it.setModel("ae@b")),
                new Spoilt(
                        DIMENSIONS,
                        "the encoder takes 4 values, an image has 6",
                        it -> it.getShapeBuilder().getImageBuilder().setWidth(3)),
                new Spoilt(
                        MALFORMED,
                        "not a payload of family ae",
                        it -> it.setPayload(ByteString.copyFromUtf8("no payload"))),
                new Spoilt(DIMENSIONS, "the snapshot has no encoder", SnapshotMessage.Builder::clearPayload));
    }

    @ParameterizedTest
    @MethodSource("spoiltFamilies")
    void refusesWhatItsFamilyDoesNotKnow(Spoilt spoilt) throws InvalidProtocolBufferException {
        SnapshotMessage.Builder message = SnapshotMessage.parseFrom(GOOD).toBuilder();
        spoilt.spoil().accept(message);

        refused(message.build().toByteArray(), spoilt.reason(), spoilt.message());
    }

    @Test
    void refusesWhatIsTooLarge() {
        refused(new byte[(4 << 20) + 1], TOO_LARGE, "a snapshot has at most 4194304 bytes, not 4194305");
    }

    @Test
    void refusesEveryTruncation() {
        for (int length = 0; length < GOOD.length; length++) {
            byte[] cut = Arrays.copyOf(GOOD, length);
            assertThatExceptionOfType(InvalidSnapshotException.class)
                    .as("%d of %d bytes", length, GOOD.length)
                    .isThrownBy(() -> CODEC.decode(cut));
        }
    }

    /// A bit that flips may make another good snapshot; whatever is let in must assign.
    @Test
    void neverFailsInAnotherWay() {
        int refused = 0;
        for (int bit = 0; bit < GOOD.length * 8; bit++) {
            byte[] flipped = GOOD.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                Model model = CODEC.decode(flipped).model();
                float[] code =
                        model.encoder().pass().encode(new float[model.encoder().inputs()], 0);
                for (Clusterer clusterer : model.clusterers().values()) {
                    assertThat(clusterer.pass().assign(code).cluster()).isBetween(0, clusterer.k() - 1);
                }
            } catch (InvalidSnapshotException expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(GOOD.length, GOOD.length * 8 - 1);
    }

    private static void refused(byte[] value, Reason reason, String message) {
        assertThatExceptionOfType(InvalidSnapshotException.class)
                .isThrownBy(() -> CODEC.decode(value))
                .withMessage(message)
                .satisfies(refusal -> assertThat(refusal.reason()).isEqualTo(reason));
    }
}
