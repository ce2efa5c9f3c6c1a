package weft.trainer.drift;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import weft.core.math.Kernels;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.Model;
import weft.core.model.Network;
import weft.core.model.PipelineName;

/// A model as it was, by which images are judged: clusters, how badly they fit, and what is lost on the way through the
/// decoder.
final class Eyes {
    /// Decoding costs as much as everything else: a few images tell enough.
    static final int DECODED = 4;

    private final Encoder encoder;
    private final Encoder.Pass encoding;
    private final Clusterer clusterer;
    private final Clusterer.Pass assigning;
    private final Optional<Network.Pass> decoding;
    private float[] codes = {};
    private int[] clusters = {};
    private float[] strangeness = {};
    private float[] decoded = {};
    private float[] errors = {};

    /// Takes the pipeline with the fewest clusters: they are what most images have in common.
    Eyes(Model model) {
        encoder = model.encoder();
        encoding = encoder.pass();
        clusterer = model.clusterers().entrySet().stream()
                .min(Map.Entry.comparingByKey(Comparator.comparingInt(PipelineName::k)))
                .orElseThrow()
                .getValue();
        assigning = clusterer.pass();
        decoding = encoder.codesAreImages() ? Optional.empty() : model.decoder().map(Network::pass);
    }

    int k() {
        return clusterer.k();
    }

    boolean decodes() {
        return decoding.isPresent();
    }

    /// Looks at the first `n` images.
    void look(float[] images, int n) {
        if (clusters.length < n) {
            codes = new float[n * encoder.codeSize()];
            clusters = new int[n];
            strangeness = new float[n];
        }
        encoding.encode(images, encoder.inputs(), n, codes);
        assigning.assign(codes, encoder.codeSize(), n, clusters, strangeness);
        for (int i = 0; i < n; i++) {
            strangeness[i] = (float) clusterer.objective().strangeness(strangeness[i]);
        }
    }

    /// The cluster of an image looked at.
    int cluster(int i) {
        return clusters[i];
    }

    /// How badly it fits.
    float strangeness(int i) {
        return strangeness[i];
    }

    /// Decodes one in [#DECODED] of the `n` images looked at, from `first` on, where there is a decoder.
    void decode(float[] images, int first, int n) {
        if (decoding.isEmpty() || first >= n) {
            return;
        }
        int inputs = encoder.inputs();
        int size = encoder.codeSize();
        int rows = Math.ceilDiv(n - first, DECODED);
        if (errors.length < n) {
            errors = new float[n];
            decoded = new float[Math.ceilDiv(n, DECODED) * inputs];
        }
        float[] rowCodes = new float[rows * size];
        for (int row = 0; row < rows; row++) {
            System.arraycopy(codes, (first + row * DECODED) * size, rowCodes, row * size, size);
        }
        decoding.get().run(rowCodes, rows, decoded);
        for (int row = 0; row < rows; row++) {
            int i = first + row * DECODED;
            encoder.scaling().invert(decoded, row * inputs);
            errors[i] = Kernels.squaredDistance(images, i * inputs, decoded, row * inputs, inputs) / inputs;
        }
    }

    /// The mean squared error of an image after encoding and decoding, of those decoded.
    float error(int i) {
        return errors[i];
    }
}
