package weft.trainer.drift;

import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import weft.trainer.proto.DriftState;

/// The first images that a frozen model sees: they place the bins and are the first that the signals know.
final class Reference {
    private final int[] clusters;
    private final float[] strangeness;
    private final float[] errors;
    private int images;
    private int errorImages;
    private float[] edges = {};
    private float[] errorEdges = {};

    Reference(int most, int mostErrors) {
        clusters = new int[most];
        strangeness = new float[most];
        errors = new float[mostErrors + 1];
    }

    boolean complete() {
        return images == clusters.length;
    }

    void add(int cluster, float strange) {
        clusters[images] = cluster;
        strangeness[images++] = strange;
    }

    void addError(float error) {
        errors[errorImages++] = error;
    }

    /// Places the bins and has the signals, of which the third is of errors, learn.
    void teach(List<Signal> signals) {
        edges = Bins.edges(strangeness, images);
        errorEdges = signals.size() > 2 ? Bins.edges(errors, errorImages) : errorEdges;
        for (int i = 0; i < images; i++) {
            signals.get(0).learn(clusters[i]);
            signals.get(1).learn(Bins.of(edges, strangeness[i]));
        }
        for (int i = 0; i < errorImages; i++) {
            signals.get(2).learn(Bins.of(errorEdges, errors[i]));
        }
    }

    float[] edges() {
        return edges;
    }

    float[] errorEdges() {
        return errorEdges;
    }

    void save(DriftState.Builder state) {
        if (complete()) {
            add(edges, state::addEdges);
            add(errorEdges, state::addErrorEdges);
            return;
        }
        add(Arrays.copyOf(strangeness, images), state::addReferenceStrangeness);
        add(Arrays.copyOf(errors, errorImages), state::addReferenceErrors);
        for (int i = 0; i < images; i++) {
            state.addReferenceClusters(clusters[i]);
        }
    }

    private static void add(float[] values, Consumer<Float> to) {
        for (float value : values) {
            to.accept(value);
        }
    }

    void restore(DriftState state) {
        if (state.getEdgesCount() > 0) {
            images = clusters.length;
            edges = floats(state.getEdgesList());
            errorEdges = floats(state.getErrorEdgesList());
            return;
        }
        for (int i = 0; i < state.getReferenceClustersCount(); i++) {
            add(state.getReferenceClusters(i), state.getReferenceStrangeness(i));
        }
        state.getReferenceErrorsList().forEach(this::addError);
    }

    private static float[] floats(List<Float> values) {
        float[] floats = new float[values.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = values.get(i);
        }
        return floats;
    }
}
