package weft.trainer.micro;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import weft.core.image.Shape;
import weft.core.model.Encoder;
import weft.core.model.FeatureEncoder;
import weft.kafka.family.FeatureCodec;
import weft.trainer.cluster.Codes;
import weft.trainer.learn.EncoderLearner;
import weft.trainer.proto.FeatureState;

/// Learns features from the stream's first images, anew at each stage, and keeps them from the last one on.
final class FeatureLearner implements EncoderLearner {
    private static final int SAMPLE = 5_000;

    /// What the sample may hold in a checkpoint.
    private static final int SAMPLE_BYTES = 8 << 20;

    private final Shape.Image shape;
    private final long seed;
    private final List<float[]> sample = new ArrayList<>();
    private final int most;
    private long images;
    private int stage;
    private @Nullable FeatureEncoder encoder;
    private Encoder.@Nullable Pass pass;

    FeatureLearner(Shape.Image shape, long seed, Optional<ByteString> saved) {
        this.shape = shape;
        this.seed = seed;
        most = Math.min(SAMPLE, SAMPLE_BYTES / shape.values());
        saved.ifPresent(this::restore);
    }

    /// Codes are zero until there are features.
    @Override
    public double train(float[] values, int n, Codes codes) {
        codes.rows(n);
        if (pass == null) {
            Arrays.fill(codes.values(), 0);
        } else {
            pass.encode(values, shape.values(), n, codes.values());
        }
        if (stage < MicroRecipe.STAGES.size()) {
            for (int i = 0; i < n && sample.size() < most; i++) {
                sample.add(Arrays.copyOfRange(values, i * shape.values(), (i + 1) * shape.values()));
            }
        }
        images += n;
        int before = stage;
        while (stage < MicroRecipe.STAGES.size() && images >= MicroRecipe.STAGES.get(stage)) {
            stage++;
        }
        if (stage > before) {
            fit();
        }
        return Double.NaN;
    }

    private FeatureEncoder fit() {
        FeatureEncoder fitted =
                FeatureFit.fit(shape, sample, new SplittableRandom(seed * 0x9E3779B97F4A7C15L + images));
        use(fitted);
        if (stage == MicroRecipe.STAGES.size()) {
            sample.clear();
        }
        return fitted;
    }

    private void use(FeatureEncoder fitted) {
        encoder = fitted;
        pass = fitted.pass();
    }

    @Override
    public boolean moves() {
        return true;
    }

    @Override
    public Encoder encoder() {
        return encoder == null ? fit() : encoder;
    }

    @Override
    public ByteString save() {
        byte[] bytes = new byte[sample.size() * shape.values()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Math.round(sample.get(i / shape.values())[i % shape.values()] * 255);
        }
        FeatureState.Builder state =
                FeatureState.newBuilder().setImages(images).setStage(stage).setSample(ByteString.copyFrom(bytes));
        if (encoder != null) {
            state.setEncoder(FeatureCodec.message(encoder));
        }
        return state.build().toByteString();
    }

    private void restore(ByteString saved) {
        FeatureState state;
        try {
            state = FeatureState.parseFrom(saved);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("the saved state of the features cannot be read", fault);
        }
        if (state.getSample().size() % shape.values() != 0) {
            throw new IllegalArgumentException("the saved state is not one of such features");
        }
        images = state.getImages();
        stage = state.getStage();
        for (int at = 0; at < state.getSample().size(); at += shape.values()) {
            float[] image = new float[shape.values()];
            for (int i = 0; i < image.length; i++) {
                image[i] = (state.getSample().byteAt(at + i) & 0xFF) * (1f / 255f);
            }
            sample.add(image);
        }
        if (state.hasEncoder()) {
            use(FeatureCodec.encoder(shape, state.getEncoder()));
        }
    }
}
