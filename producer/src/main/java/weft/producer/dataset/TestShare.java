package weft.producer.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import weft.core.image.Dataset;
import weft.core.image.Split;
import weft.kafka.service.UserError;

/// Training images of which some are set aside as test images, whichever seed the replay has.
final class TestShare implements LabelledImages {
    private final LabelledImages all;
    private final int[] train;
    private final int[] test;

    private TestShare(LabelledImages all, int[] train, int[] test) {
        this.all = all;
        this.train = train;
        this.test = test;
    }

    /// Sets an image aside by the hash of the id that it has as a training image: more images that are added at the
    /// end change nothing for those before.
    ///
    /// @param share of the images, about; 0 for none
    static LabelledImages setAside(LabelledImages all, double share) {
        int count = all.size(Split.TRAIN);
        int[] test =
                IntStream.range(0, count).filter(i -> unitInterval(i) < share).toArray();
        int[] train =
                IntStream.range(0, count).filter(i -> unitInterval(i) >= share).toArray();
        if (train.length == 0) {
            throw new UserError("--test-share " + share + " leaves none of the " + count + " images to train on");
        }
        return test.length == 0 ? all : new TestShare(all, train, test);
    }

    private static double unitInterval(int index) {
        String id = String.format(Locale.ROOT, "%s-%05d", Split.TRAIN.id(), index);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
            return Integer.toUnsignedLong(ByteBuffer.wrap(hash).getInt()) * 0x1p-32;
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    @Override
    public Dataset describe() {
        return all.describe();
    }

    @Override
    public int size(Split split) {
        return indexes(split).length;
    }

    @Override
    public byte[] raw(Split split, int index) {
        return all.raw(Split.TRAIN, indexes(split)[index]);
    }

    @Override
    public Optional<String> label(Split split, int index) {
        return all.label(Split.TRAIN, indexes(split)[index]);
    }

    private int[] indexes(Split split) {
        return split == Split.TRAIN ? train : test;
    }
}
