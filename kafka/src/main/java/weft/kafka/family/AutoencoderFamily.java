package weft.kafka.family;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import weft.core.image.Shape;
import weft.core.model.Model;
import weft.core.model.ModelFamily;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;

/// Clusterers on the codes of an autoencoder.
public final class AutoencoderFamily implements ModelFamily {
    @Override
    public String name() {
        return "ae";
    }

    @Override
    public Map<String, Integer> clusterers() {
        Map<String, Integer> clusterers = new LinkedHashMap<>();
        clusterers.put("kmeans", PipelineName.MAX_K);
        // Full covariances: more of them do not fit into a snapshot.
        clusterers.put("gmm", 64);
        return Collections.unmodifiableMap(clusterers);
    }

    @Override
    public byte[] encode(Model model) {
        return LayeredCodec.encode(model);
    }

    @Override
    public Model decode(ModelName name, Shape shape, byte[] payload) {
        return LayeredCodec.decode(this, name, shape, payload);
    }
}
