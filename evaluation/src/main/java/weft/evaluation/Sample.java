package weft.evaluation;

import java.util.Map;
import java.util.Optional;
import weft.core.math.Vector;
import weft.core.model.PipelineName;

/// One image of the log with what the final models say of it.
///
/// @param pixels values from 0 to 1
/// @param clusters by pipeline
public record Sample(String id, Optional<String> label, Vector pixels, Map<PipelineName, Integer> clusters) {
    public Sample {
        clusters = Map.copyOf(clusters);
    }

    /// The pixels, copied.
    public float[] values() {
        float[] values = new float[pixels.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) pixels.get(i);
        }
        return values;
    }
}
