package weft.evaluation.report;

import java.util.Map;
import java.util.OptionalInt;
import weft.core.math.Vector;
import weft.core.model.PipelineName;

/// One image of the log with what the final models say of it.
///
/// @param pixels 784 values from 0 to 1
/// @param clusters by pipeline
record Sample(String id, OptionalInt label, Vector pixels, Map<PipelineName, Integer> clusters) {
    Sample {
        clusters = Map.copyOf(clusters);
    }

    float[] values() {
        float[] values = new float[pixels.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) pixels.get(i);
        }
        return values;
    }
}
