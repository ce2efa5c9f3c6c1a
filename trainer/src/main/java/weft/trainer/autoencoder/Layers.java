package weft.trainer.autoencoder;

import java.util.List;

/// Where each layer's weights (outputs x inputs, row by row) and biases stand in one flat array.
record Layers(List<Integer> sizes) {
    Layers {
        sizes = List.copyOf(sizes);
    }

    int count() {
        return sizes.size() - 1;
    }

    int inputs(int layer) {
        return sizes.get(layer);
    }

    int outputs(int layer) {
        return sizes.get(layer + 1);
    }

    int weightsAt(int layer) {
        int at = 0;
        for (int i = 0; i < layer; i++) {
            at = Math.addExact(at, Math.multiplyExact(outputs(i), inputs(i) + 1));
        }
        return at;
    }

    int biasesAt(int layer) {
        return weightsAt(layer) + inputs(layer) * outputs(layer);
    }

    /// Of all layers together.
    int length() {
        return weightsAt(count());
    }
}
