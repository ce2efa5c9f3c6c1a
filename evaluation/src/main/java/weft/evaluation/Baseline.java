package weft.evaluation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import smile.clustering.KMeans;
import smile.math.MathEx;
import weft.core.image.Split;
import weft.core.math.Kernels;
import weft.core.math.Matrix;
import weft.core.model.Centroids;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.Model;
import weft.core.model.PipelineName;
import weft.core.model.Snapshot;
import weft.kafka.service.UserError;

/// Batch k-means by Smile on a sample of the log's own train images, in the newest encoder's space: what the
/// stream is compared with on a user's own data.
final class Baseline {
    private static final int MOST_ROUNDS = 100;
    private static final long SEED = 42;

    private Baseline() {}

    /// The same models with Smile's centroids in the place of their own; only k-means pipelines.
    ///
    /// @param sample train images to fit on, drawn uniformly
    /// @throws UserError where the log has fewer train images than a K asks for
    static Map<String, Snapshot> fit(
            LoggedImages log, Map<String, Snapshot> models, Predicate<PipelineName> wanted, int sample) {
        List<float[]> images = draw(log, sample);
        Map<String, Snapshot> fitted = new TreeMap<>();
        models.forEach((name, snapshot) -> {
            Map<PipelineName, Clusterer> clusterers = new LinkedHashMap<>();
            Map<Boolean, double[][]> codes = new HashMap<>();
            snapshot.model().clusterers().forEach((pipeline, clusterer) -> {
                if (wanted.test(pipeline) && clusterer instanceof Centroids own) {
                    double[][] rows = codes.computeIfAbsent(
                            own.normalised(),
                            normalised -> encode(snapshot.model().encoder(), images, normalised));
                    clusterers.put(pipeline, new Centroids(fit(rows, pipeline.k()), own.normalised()));
                }
            });
            if (!clusterers.isEmpty()) {
                Model own = snapshot.model();
                Model model = new Model(own.name(), own.shape(), own.encoder(), own.decoder(), clusterers);
                fitted.put(name, new Snapshot(model, snapshot.provenance()));
            }
        });
        return fitted;
    }

    /// A uniform sample of unknown many (Vitter 1985, algorithm R).
    private static List<float[]> draw(LoggedImages log, int size) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<float[]> drawn = new ArrayList<>();
        long[] met = {0};
        log.read((_, image, pixels) -> {
            if (image.image().split() != Split.TRAIN || image.image().epoch() > 0) {
                return;
            }
            met[0]++;
            if (drawn.size() < size) {
                drawn.add(pixels.clone());
                return;
            }
            long place = random.nextLong(met[0]);
            if (place < size) {
                drawn.set((int) place, pixels.clone());
            }
        });
        return drawn;
    }

    private static double[][] encode(Encoder encoder, List<float[]> images, boolean normalised) {
        Encoder.Pass pass = encoder.pass();
        float[] code = new float[encoder.codeSize()];
        double[][] rows = new double[images.size()][code.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(pass.encode(Objects.requireNonNull(images.get(i)), 0), 0, code, 0, code.length);
            if (normalised) {
                Kernels.normalise(code, 0, code, 0, code.length);
            }
            for (int j = 0; j < code.length; j++) {
                rows[i][j] = code[j];
            }
        }
        return rows;
    }

    private static Matrix fit(double[][] rows, int k) {
        if (rows.length < k) {
            throw new UserError("--baseline has " + rows.length + " train images, too few for " + k + " clusters");
        }
        MathEx.setSeed(SEED);
        double[][] centres = KMeans.lloyd(rows, k, MOST_ROUNDS).centers();
        float[] values = new float[k * rows[0].length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) centres[i / rows[0].length][i % rows[0].length];
        }
        return Matrix.of(k, rows[0].length, values);
    }
}
