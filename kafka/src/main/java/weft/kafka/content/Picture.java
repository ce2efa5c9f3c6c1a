package weft.kafka.content;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;
import weft.core.image.Shape;

/// A decoded picture: grey or RGB, 8 bits a sample, of any size up to [#MOST_PIXELS].
public final class Picture {
    /// The most pixels of a picture.
    public static final int MOST_PIXELS = 16 << 20;

    /// The most bytes of a compressed picture.
    public static final int MOST_BYTES = 16 << 20;

    private static final int PNG_BIT_DEPTH = 24;

    private final int width;
    private final int height;
    private final int channels;
    private final byte[] samples;

    private Picture(int width, int height, int channels, byte[] samples) {
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.samples = samples;
    }

    /// Decodes a picture; its size is checked before anything is allocated for it.
    ///
    /// @throws IllegalArgumentException that says in one line why it is none
    public static Picture read(PictureFormat format, byte[] content) {
        if (content.length > MOST_BYTES) {
            throw new IllegalArgumentException("a picture has at most " + MOST_BYTES + " bytes, not " + content.length);
        }
        if (!format.begins(content)) {
            throw new IllegalArgumentException("not a " + format + ": it starts with 0x"
                    + HexFormat.of().formatHex(content, 0, Math.min(4, content.length)));
        }
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
        // No thread writes to the warning but this one; the lambda wants an object.
        AtomicReference<@Nullable String> warning = new AtomicReference<>();
        reader.addIIOReadWarningListener((_, text) -> warning.compareAndSet(null, text));
        try (var in = new MemoryCacheImageInputStream(new ByteArrayInputStream(content))) {
            reader.setInput(in, true, true);
            int width = guarded(format, () -> reader.getWidth(0));
            int height = guarded(format, () -> reader.getHeight(0));
            checkSize(width, height, format, content);
            Picture picture = guarded(format, () -> of(reader.read(0)));
            String text = warning.get();
            // The reader fills what a truncated JPEG lacks with grey.
            if (text != null && (text.contains("remature end") || text.contains("EOI"))) {
                throw new IllegalArgumentException("a cut " + format);
            }
            return picture;
        } catch (IOException e) {
            throw new UncheckedIOException("memory cannot fail to close", e);
        } finally {
            reader.dispose();
        }
    }

    private interface Step<T> {
        T run() throws IOException;
    }

    /// Damaged content leaves the readers by exceptions of many kinds.
    private static <T> T guarded(PictureFormat format, Step<T> step) {
        try {
            return step.run();
        } catch (IOException | RuntimeException e) {
            throw new IllegalArgumentException("not a readable " + format + ": " + reason(e), e);
        }
    }

    private static void checkSize(int width, int height, PictureFormat format, byte[] content) {
        long samples = (long) width * height;
        boolean deep = format == PictureFormat.PNG && content[PNG_BIT_DEPTH] == 16;
        if (samples * (deep ? 2 : 1) > MOST_PIXELS) {
            throw new IllegalArgumentException(width + " x " + height + " pixels" + (deep ? " of 16 bits" : "")
                    + " are more than " + (deep ? MOST_PIXELS / 2 : MOST_PIXELS));
        }
    }

    private static String reason(Exception e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : message.strip().replaceAll("\\s+", " ");
    }

    /// Samples as they are stored: a conversion by colour profiles would change greys, and differ between machines.
    private static Picture of(BufferedImage image) {
        ColorModel colors = image.getColorModel();
        return colors instanceof IndexColorModel palette ? ofPalette(image, palette) : ofSamples(image);
    }

    private static Picture ofPalette(BufferedImage image, IndexColorModel palette) {
        boolean grey = true;
        for (int i = 0; i < palette.getMapSize(); i++) {
            grey &= palette.getRed(i) == palette.getGreen(i) && palette.getGreen(i) == palette.getBlue(i);
        }
        int channels = grey ? 1 : 3;
        byte[] samples = new byte[image.getWidth() * image.getHeight() * channels];
        int[] row = new int[image.getWidth()];
        int next = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRaster().getSamples(0, y, row.length, 1, 0, row);
            for (int index : row) {
                int alpha = palette.getAlpha(index);
                samples[next++] = onBlack(palette.getRed(index), alpha, 255);
                if (!grey) {
                    samples[next++] = onBlack(palette.getGreen(index), alpha, 255);
                    samples[next++] = onBlack(palette.getBlue(index), alpha, 255);
                }
            }
        }
        return new Picture(image.getWidth(), image.getHeight(), channels, samples);
    }

    private static Picture ofSamples(BufferedImage image) {
        Raster raster = image.getRaster();
        int bands = raster.getNumBands();
        if (bands > 4) {
            throw new IllegalArgumentException(bands + " channels");
        }
        int channels = bands < 3 ? 1 : 3;
        int most = (1 << raster.getSampleModel().getSampleSize(0)) - 1;
        byte[] samples = new byte[image.getWidth() * image.getHeight() * channels];
        int[] row = new int[image.getWidth() * bands];
        int next = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            raster.getPixels(0, y, image.getWidth(), 1, row);
            for (int from = 0; from < row.length; from += bands) {
                int alpha = bands % 2 == 0 ? row[from + bands - 1] : most;
                for (int c = 0; c < channels; c++) {
                    samples[next++] = onBlack(row[from + c], alpha, most);
                }
            }
        }
        return new Picture(image.getWidth(), image.getHeight(), channels, samples);
    }

    /// A sample of 0 to `most` as one of 0 to 255, on a black ground where it is transparent.
    private static byte onBlack(int sample, int alpha, int most) {
        long ground = (long) most * most;
        return (byte) ((255L * sample * alpha + ground / 2) / ground);
    }

    /// The picture's own shape.
    ///
    /// @throws IllegalArgumentException where it has too many values
    public Shape.Image shape() {
        return new Shape.Image(width, height, channels);
    }

    /// The picture in another shape: made grey or RGB, and scaled by the mean of the area of each pixel; its
    /// proportion is not kept.
    public byte[] scaledTo(Shape.Image shape) {
        return AreaMean.scale(
                withChannels(shape.channels()), width, height, shape.channels(), shape.width(), shape.height());
    }

    private byte[] withChannels(int wanted) {
        if (wanted == channels) {
            return samples;
        }
        byte[] converted = new byte[width * height * wanted];
        for (int i = 0; i < width * height; i++) {
            if (wanted == 1) {
                // ITU-R BT.601.
                int red = samples[3 * i] & 0xFF;
                int green = samples[3 * i + 1] & 0xFF;
                int blue = samples[3 * i + 2] & 0xFF;
                converted[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
            } else {
                converted[3 * i] = samples[i];
                converted[3 * i + 1] = samples[i];
                converted[3 * i + 2] = samples[i];
            }
        }
        return converted;
    }
}
