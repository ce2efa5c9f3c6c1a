package weft.trainer.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.Objective;
import weft.core.model.Ranks;
import weft.core.model.Spread;
import weft.core.model.Strangeness;
import weft.trainer.cluster.Codes;

/// What the newest images of the window get from clusterers of a model.
///
/// They are encoded and assigned in blocks, of which none is kept: the images of a window as floats would be as large
/// as everything else of a training.
final class Survey {
    private static final int BLOCK = 64;

    /// Images of which every second one tells as well as all how strange they are.
    private static final int MANY = 2_000;

    private static final float STRANGEST = 1e30f;

    private final List<int[]> clusters = new ArrayList<>();
    private final List<Spread> spreads = new ArrayList<>();
    private final List<Ranks> ranks = new ArrayList<>();

    private Survey() {}

    /// The images that a survey looks at: the newest ones that are held, as indexes of the window, oldest first.
    static int[] newest(RecentImages window, int most) {
        int from = Math.max(0, window.size() - most);
        int[] held = new int[window.size() - from];
        int rows = 0;
        for (int i = from; i < window.size(); i++) {
            if (window.holds(i)) {
                held[rows++] = i;
            }
        }
        return Arrays.copyOf(held, rows);
    }

    /// Assigns them.
    ///
    /// @param indexes of the window, at least one
    /// @param encoded the window's codes where they are known, of which the last are these images'
    /// @param strange by which they are ranked, every second one where there are many
    /// @param keep whether the window keeps how strange they are: whoever must change nothing does not
    static Survey of(
            RecentImages window,
            int[] indexes,
            Optional<Codes> encoded,
            Encoder encoder,
            List<Clusterer> clusterers,
            Optional<Strangeness> strange,
            boolean keep) {
        Survey survey = new Survey();
        int n = indexes.length;
        int size = encoder.codeSize();
        BlockCodes encoding = encoded.<BlockCodes>map(known -> (start, rows, codes) ->
                        System.arraycopy(known.values(), known.offset(known.rows() - n + start), codes, 0, rows * size))
                .orElseGet(() -> encoding(window, indexes, encoder));
        List<float[]> strangeness = survey.assign(encoding, n, size, clusterers);
        for (int c = 0; c < clusterers.size(); c++) {
            survey.spreads.add(Spread.of(clusterers.get(c).k(), survey.clusters.get(c), strangeness.get(c), n));
        }
        strange.ifPresent(one -> survey.rank(measured(window, indexes, one, keep), clusterers));
        return survey;
    }

    /// Assigns `n` images block by block; of each clusterer how badly they fit.
    private List<float[]> assign(BlockCodes encoding, int n, int size, List<Clusterer> clusterers) {
        List<Clusterer.Pass> passes = clusterers.stream().map(Clusterer::pass).toList();
        List<float[]> strangeness = new ArrayList<>();
        clusterers.forEach(_ -> {
            clusters.add(new int[n]);
            strangeness.add(new float[n]);
        });
        float[] codes = new float[BLOCK * size];
        float[] objectives = new float[BLOCK];
        int[] found = new int[BLOCK];
        for (int start = 0; start < n; start += BLOCK) {
            int rows = Math.min(BLOCK, n - start);
            encoding.write(start, rows, codes);
            for (int c = 0; c < passes.size(); c++) {
                passes.get(c).assign(codes, size, rows, found, objectives);
                System.arraycopy(found, 0, clusters.get(c), start, rows);
                measure(clusterers.get(c).objective(), objectives, rows, strangeness.get(c), start);
            }
        }
        return strangeness;
    }

    private static void measure(Objective objective, float[] objectives, int rows, float[] strangeness, int start) {
        for (int i = 0; i < rows; i++) {
            strangeness[start + i] = (float) objective.strangeness(objectives[i]);
        }
    }

    /// Writes the codes of a block of the images.
    private interface BlockCodes {
        void write(int start, int rows, float[] codes);
    }

    private static BlockCodes encoding(RecentImages window, int[] indexes, Encoder encoder) {
        Encoder.Pass pass = encoder.pass();
        int inputs = encoder.inputs();
        float[] images = new float[BLOCK * inputs];
        return (start, rows, codes) -> {
            for (int i = 0; i < rows; i++) {
                window.toFloats(indexes[start + i], images, i * inputs);
            }
            pass.encode(images, inputs, rows, codes);
        };
    }

    /// How strange they are, every second one where there are many.
    ///
    /// What the window knows is not measured once more: from milestone to milestone most of its images stay, and
    /// those that were fitted to are judged by the others.
    private static float[] measured(RecentImages window, int[] indexes, Strangeness strange, boolean keep) {
        int step = indexes.length > MANY ? 2 : 1;
        Strangeness.Pass pass = strange.pass();
        float[] image = new float[strange.shape().values()];
        float[] measured = new float[Math.ceilDiv(indexes.length, step)];
        for (int i = 0; i < measured.length; i++) {
            int index = indexes[i * step];
            float known = window.strangeness(index);
            if (Float.isNaN(known)) {
                window.toFloats(index, image, 0);
                known = (float) pass.of(image, 0);
                if (keep) {
                    window.strangeness(index, known);
                }
            }
            measured[i] = Math.min(STRANGEST, known);
        }
        return measured;
    }

    private void rank(float[] measured, List<Clusterer> clusterers) {
        for (int c = 0; c < clusterers.size(); c++) {
            int[] of = clusters.get(c);
            int step = Math.ceilDiv(of.length, measured.length);
            int[] every = new int[measured.length];
            for (int i = 0; i < every.length; i++) {
                every[i] = of[i * step];
            }
            ranks.add(Ranks.of(clusterers.get(c).k(), every, measured, every.length));
        }
    }

    /// The cluster of each image.
    int[] clusters(int clusterer) {
        return clusters.get(clusterer);
    }

    Spread spread(int clusterer) {
        return spreads.get(clusterer);
    }

    /// Empty where images cannot be ranked yet.
    Optional<Ranks> ranks(int clusterer) {
        return ranks.isEmpty() ? Optional.empty() : Optional.of(ranks.get(clusterer));
    }
}
