package weft.scorer;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import weft.core.image.Pixels;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.IdentityEncoder;
import weft.core.model.Model;
import weft.core.model.PipelineName;
import weft.core.model.Provenance;
import weft.core.model.Snapshot;

/// Small models whose answers are known: cluster c is the flat picture of one grey value.
public final class TestModels {
    /// Two clusters, dark and bright.
    public static final PipelineName TWO = PipelineName.parse("raw-kmeans-2");

    private TestModels() {}

    /// A picture that is one grey value all over.
    public static byte[] flat(int grey) {
        byte[] pixels = new byte[Pixels.COUNT];
        Arrays.fill(pixels, (byte) grey);
        return pixels;
    }

    /// A snapshot with centroids of the given grey values, 0 to 1, trained through an offset of partition 0.
    public static Snapshot snapshot(long version, long trainedThrough, float... greys) {
        float[] values = new float[greys.length * Pixels.COUNT];
        for (int c = 0; c < greys.length; c++) {
            Arrays.fill(values, c * Pixels.COUNT, (c + 1) * Pixels.COUNT, greys[c]);
        }
        Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
        clusterers.put(
                PipelineName.parse("raw-kmeans-" + greys.length),
                new Centroids(Matrix.of(greys.length, Pixels.COUNT, values), false));
        return new Snapshot(
                new Model("raw", new IdentityEncoder(Pixels.COUNT), Optional.empty(), clusterers),
                new Provenance(version, Map.of(0, trainedThrough), 1, Map.of(), Map.of(), "test"));
    }
}
