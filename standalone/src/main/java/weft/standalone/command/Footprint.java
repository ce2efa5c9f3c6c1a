package weft.standalone.command;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import weft.core.image.Split;
import weft.producer.dataset.LabelledImages;

/// What an image takes on a broker's disk.
///
/// @param image bytes on the images' topic
/// @param assignment bytes of one on the assignments' topic
/// @param pipelines that assign
record Footprint(double image, double assignment, int pipelines) {
    private static final int SAMPLE = 500;

    /// Key, headers and the share of a batch, beside an image's values. Like the next figure it was measured with
    /// `up --once --limit 6000 --rate 100` as the size of the topic's segments by records; batches are larger, and
    /// records smaller, where more images come.
    private static final double RECORD = 170;

    private static final double ASSIGNMENT = 90;

    /// The same at full speed, where nothing is compressed; measured with `up --once --epochs 3`.
    private static final double UNCOMPRESSED = 396;

    /// Compresses some of the images as the replay does, where it does; the rest was measured.
    ///
    /// @param perSecond images of the replay, 0 for as fast as it goes
    static Footprint of(LabelledImages data, double perSecond, int pipelines) {
        if (perSecond == 0) {
            return new Footprint(data.describe().shape().bytes() + RECORD, UNCOMPRESSED, pipelines);
        }
        int images = Math.min(SAMPLE, data.size(Split.TRAIN));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (Fast gzip = new Fast(bytes)) {
            for (int i = 0; i < images; i++) {
                gzip.write(data.raw(Split.TRAIN, (int) ((long) i * data.size(Split.TRAIN) / images)));
            }
        } catch (IOException fault) {
            throw new UncheckedIOException(fault);
        }
        return new Footprint(bytes.size() / (double) images + RECORD, ASSIGNMENT, pipelines);
    }

    /// Level 1, as the producer.
    private static final class Fast extends GZIPOutputStream {
        Fast(ByteArrayOutputStream bytes) throws IOException {
            super(bytes);
            def.setLevel(Deflater.BEST_SPEED);
        }
    }

    double assignments() {
        return pipelines * assignment;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "an image takes %.2f KB, its assignment %.2f KB in each of %d pipelines",
                image / 1000,
                assignment / 1000,
                pipelines);
    }
}
