package weft.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import weft.core.model.Clusterer;
import weft.core.model.Snapshot;

class SnapshotCodecTest {
    @Test
    void roundTripsPixelsWithCentroids() throws InvalidSnapshotException {
        Snapshot decoded = SnapshotCodec.decode(SnapshotCodec.encode(Snapshots.raw()));

        assertThat(decoded).isEqualTo(Snapshots.raw());
        assertThat(decoded.model().clusterers().keySet())
                .containsExactlyElementsOf(Snapshots.raw().model().clusterers().keySet());
    }

    @Test
    void roundTripsANetworkWithDecoderAndMixture() throws InvalidSnapshotException {
        assertThat(SnapshotCodec.decode(SnapshotCodec.encode(Snapshots.autoencoder())))
                .isEqualTo(Snapshots.autoencoder());
    }

    @Test
    void theSameSnapshotHasTheSameBytes() throws InvalidSnapshotException {
        byte[] bytes = SnapshotCodec.encode(Snapshots.autoencoder());

        assertThat(SnapshotCodec.encode(Snapshots.autoencoder())).isEqualTo(bytes);
        assertThat(SnapshotCodec.encode(SnapshotCodec.decode(bytes))).isEqualTo(bytes);
    }

    /// The file was written once, by the first version: what stands on somebody's topic stays readable.
    @Test
    void readsAndWritesFormat1() throws IOException, InvalidSnapshotException {
        byte[] golden;
        try (InputStream file =
                Objects.requireNonNull(getClass().getResourceAsStream("snapshot-v1.bin"), "snapshot-v1.bin")) {
            golden = file.readAllBytes();
        }

        assertThat(SnapshotCodec.decode(golden)).isEqualTo(Snapshots.autoencoder());
        assertThat(SnapshotCodec.encode(Snapshots.autoencoder())).isEqualTo(golden);
    }

    @Test
    void theDecodedModelAssigns() throws InvalidSnapshotException {
        Snapshot snapshot = SnapshotCodec.decode(SnapshotCodec.encode(Snapshots.autoencoder()));

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
