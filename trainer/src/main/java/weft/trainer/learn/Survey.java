package weft.trainer.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import weft.core.image.ImageValues;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.Ranks;
import weft.core.model.Spread;
import weft.core.model.Strangeness;

/// What the newest images of the window get from a model that is about to be published.
///
/// They are encoded and assigned in blocks, of which none is kept: the images of a window as floats would be as large
/// as everything else of a training.
final class Survey {
    private static final int BLOCK = 64;

    /// Images of which every second one tells as well as all how strange they are.
    private static final int MANY = 2_000;

    private static final double STRANGEST = 1e30;

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
            if (window.image(i) != null) {
                held[rows++] = i;
            }
        }
        return Arrays.copyOf(held, rows);
    }

    /// Assigns them.
    ///
    /// @param indexes of the window, at least one
    /// @param strange by which they are ranked, every second one where there are many
    static Survey of(
            RecentImages window,
            int[] indexes,
            Encoder encoder,
            List<Clusterer> clusterers,
            Optional<Strangeness> strange) {
        Survey survey = new Survey();
        int n = indexes.length;
        int inputs = encoder.inputs();
        Encoder.Pass encoding = encoder.pass();
        List<Clusterer.Pass> passes = clusterers.stream().map(Clusterer::pass).toList();
        List<float[]> strangeness = new ArrayList<>();
        clusterers.forEach(_ -> {
            survey.clusters.add(new int[n]);
            strangeness.add(new float[n]);
        });
        Optional<Strangeness.Pass> measuring = strange.map(Strangeness::pass);
        int step = n > MANY ? 2 : 1;
        float[] measured = new float[Math.ceilDiv(n, step)];
        float[] images = new float[BLOCK * inputs];
        float[] codes = new float[BLOCK * encoder.codeSize()];
        int[] blockClusters = new int[BLOCK];
        float[] objectives = new float[BLOCK];
        for (int start = 0; start < n; start += BLOCK) {
            int rows = Math.min(BLOCK, n - start);
            for (int i = 0; i < rows; i++) {
                ImageValues image = Objects.requireNonNull(window.image(indexes[start + i]));
                image.toFloats(images, i * inputs);
            }
            for (int i = 0; i < rows && measuring.isPresent(); i += step) {
                // Blocks have an even number of images, so a step goes on from block to block.
                measured[(start + i) / step] =
                        (float) Math.min(STRANGEST, measuring.get().of(images, i * inputs));
            }
            encoding.encode(images, inputs, rows, codes);
            for (int c = 0; c < passes.size(); c++) {
                passes.get(c).assign(codes, encoder.codeSize(), rows, blockClusters, objectives);
                for (int i = 0; i < rows; i++) {
                    survey.clusters.get(c)[start + i] = blockClusters[i];
                    strangeness.get(c)[start + i] =
                            (float) clusterers.get(c).objective().strangeness(objectives[i]);
                }
            }
        }
        for (int c = 0; c < passes.size(); c++) {
            survey.spreads.add(Spread.of(clusterers.get(c).k(), survey.clusters.get(c), strangeness.get(c), n));
        }
        if (measuring.isPresent()) {
            for (int c = 0; c < passes.size(); c++) {
                int[] every = new int[measured.length];
                for (int i = 0; i < every.length; i++) {
                    every[i] = survey.clusters.get(c)[i * step];
                }
                survey.ranks.add(Ranks.of(clusterers.get(c).k(), every, measured, every.length));
            }
        }
        return survey;
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
