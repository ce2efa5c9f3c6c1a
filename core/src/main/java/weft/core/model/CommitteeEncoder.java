package weft.core.model;

import java.util.List;

/// The code is, for each of several networks, the root of the probability of each of its clusters.
///
/// The squared distance of two such codes is, for each network, twice the squared Hellinger distance of its answers.
///
/// @param networks at least one, all for images of one shape and with as many outputs
public record CommitteeEncoder(List<ImageNetwork> networks) implements Encoder {
    public CommitteeEncoder {
        networks = List.copyOf(networks);
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("a committee needs a network");
        }
        for (ImageNetwork network : networks) {
            if (!network.shape().equals(networks.getFirst().shape())
                    || network.outputs() != networks.getFirst().outputs()) {
                throw new IllegalArgumentException("the networks of a committee differ in what they take or give");
            }
        }
    }

    @Override
    public int inputs() {
        return networks.getFirst().shape().values();
    }

    @Override
    public int codeSize() {
        return networks.size() * networks.getFirst().outputs();
    }

    @Override
    public Pass pass() {
        int k = networks.getFirst().outputs();
        ImageNetwork.Pass[] passes = new ImageNetwork.Pass[networks.size()];
        for (int r = 0; r < passes.length; r++) {
            passes[r] = networks.get(r).pass();
        }
        float[] code = new float[codeSize()];
        return (image, offset) -> {
            for (int r = 0; r < passes.length; r++) {
                roots(passes[r].run(image, offset), k, code, r * k);
            }
            return code;
        };
    }

    /// `√softmax` of the first k outputs.
    private static void roots(float[] outputs, int k, float[] code, int at) {
        float max = outputs[0];
        for (int c = 1; c < k; c++) {
            max = Math.max(max, outputs[c]);
        }
        double sum = 0;
        for (int c = 0; c < k; c++) {
            double half = Math.exp((outputs[c] - max) / 2);
            code[at + c] = (float) half;
            sum += half * half;
        }
        float scale = (float) (1 / Math.sqrt(sum));
        for (int c = 0; c < k; c++) {
            code[at + c] *= scale;
        }
    }
}
