package weft.benchmarks.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import weft.core.image.ImageValues;
import weft.core.image.Split;
import weft.producer.dataset.LabelledImages;
import weft.trainer.autoencoder.Autoencoder;
import weft.trainer.autoencoder.AutoencoderSettings;
import weft.trainer.autoencoder.Optimiser;
import weft.trainer.autoencoder.Reconstruction;

/// The images and codes that Weft and its peers work on, as files of little-endian floats.
final class SharedSample {
    static final int VALUES = 784;
    static final int CODE = 32;
    static final String IMAGES = "images.f32";
    static final String CODES = "codes.f32";

    private static final int ROWS = 10_240;
    private static final int BATCH = 64;

    private SharedSample() {}

    /// Writes the first training images, and their codes by an autoencoder that has seen them once.
    static void write(LabelledImages data, Path folder) throws IOException {
        float[] images = new float[ROWS * VALUES];
        for (int i = 0; i < ROWS; i++) {
            ImageValues.of(data.describe().shape(), data.raw(Split.TRAIN, i)).toFloats(images, i * VALUES);
        }
        Autoencoder autoencoder = new Autoencoder(
                new AutoencoderSettings(List.of(VALUES, CODE), Optimiser.ADAM, 2e-3, 0, 0, 1), Reconstruction.PIXELS);
        float[] batchCodes = new float[BATCH * CODE];
        for (int i = 0; i < ROWS; i += BATCH) {
            autoencoder.train(Arrays.copyOfRange(images, i * VALUES, (i + BATCH) * VALUES), BATCH, batchCodes);
        }
        float[] codes = new float[ROWS * CODE];
        autoencoder.encoder().pass().run(images, ROWS, codes);
        write(images, folder.resolve(IMAGES));
        write(codes, folder.resolve(CODES));
    }

    private static void write(float[] values, Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        Files.write(file, bytes.array());
    }

    static float[] floats(Path file) {
        try {
            byte[] bytes = Files.readAllBytes(file);
            float[] values = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .asFloatBuffer()
                    .get(values);
            return values;
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
    }
}
