package weft.kafka.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static weft.kafka.wire.Snapshots.CODEC;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import weft.core.model.Clusterer;
import weft.core.model.Snapshot;

class SnapshotCodecTest {
    @Test
    void roundTripsPixelsWithCentroids() throws InvalidSnapshotException {
        Snapshot decoded = CODEC.decode(CODEC.encode(Snapshots.raw()));

        assertThat(decoded).isEqualTo(Snapshots.raw());
        assertThat(decoded.model().clusterers().keySet())
                .containsExactlyElementsOf(Snapshots.raw().model().clusterers().keySet());
    }

    @Test
    void roundTripsANetworkWithDecoderAndMixture() throws InvalidSnapshotException {
        assertThat(CODEC.decode(CODEC.encode(Snapshots.autoencoder()))).isEqualTo(Snapshots.autoencoder());
    }

    @Test
    void theSameSnapshotHasTheSameBytes() throws InvalidSnapshotException {
        byte[] bytes = CODEC.encode(Snapshots.autoencoder());

        assertThat(CODEC.encode(Snapshots.autoencoder())).isEqualTo(bytes);
        assertThat(CODEC.encode(CODEC.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void roundTripsARunOnStandardisedVectors() throws InvalidSnapshotException {
        assertThat(CODEC.decode(CODEC.encode(Snapshots.vectors()))).isEqualTo(Snapshots.vectors());
    }

    /// Each file was written once, by the first release of its format: what stands on somebody's topic stays
    /// readable.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void readsEveryFormat(int format) throws InvalidSnapshotException {
        assertThat(CODEC.decode(Snapshots.golden("snapshot-v" + format + ".bin")))
                .isEqualTo(Snapshots.autoencoder());
    }

    @Test
    void writesFormat2() {
        assertThat(CODEC.encode(Snapshots.autoencoder())).isEqualTo(Snapshots.golden("snapshot-v2.bin"));
    }

    @Test
    void theDecodedModelAssigns() throws InvalidSnapshotException {
        Snapshot snapshot = CODEC.decode(CODEC.encode(Snapshots.autoencoder()));

        // The image (1, 0, 0, 1): ReLU sums 1 + .5 = 1.5, -.25 -> 0 and .125 + 1 - 1 = .125;
        // code 1.5 + 3 * .125 = 1.875 and -3 * 1.5 - .125 + .75 = -3.875.
        float[] code = snapshot.model().encoder().pass().encode(new float[] {1, 0, 0, 1}, 0);

        assertThat(code).containsExactly(1.875f, -3.875f);
        // Squared distances 2.125² + 4.125² = 21.53125 and 1.875² + 4.875² = 27.28125.
        Clusterer.Pass pass =
                snapshot.model().clusterers().values().iterator().next().pass();
        assertThat(pass.assign(code).cluster()).isZero();
        assertThat(pass.objective()).isEqualTo(21.53125);
    }
}
