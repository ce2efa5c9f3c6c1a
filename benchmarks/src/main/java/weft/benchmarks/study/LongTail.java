package weft.benchmarks.study;

import java.util.Optional;
import java.util.stream.IntStream;
import weft.core.image.Dataset;
import weft.core.image.Split;
import weft.producer.dataset.LabelledImages;

/// A data set of ten classes whose train split is unbalanced: each class has fewer images than the one before, the
/// last one a tenth of the first. The test split stays as it is.
final class LongTail implements LabelledImages {
    private static final int CLASSES = 10;
    private static final double LAST = .1;

    private final LabelledImages all;
    private final int[] kept;

    LongTail(LabelledImages all) {
        this.all = all;
        int[] seen = new int[CLASSES];
        double most = (double) all.size(Split.TRAIN) / CLASSES;
        kept = IntStream.range(0, all.size(Split.TRAIN))
                .filter(i -> {
                    int label = Integer.parseInt(all.label(Split.TRAIN, i).orElseThrow());
                    return seen[label]++ < most * Math.pow(LAST, label / (CLASSES - 1d));
                })
                .toArray();
    }

    private int index(Split split, int index) {
        return split == Split.TRAIN ? kept[index] : index;
    }

    @Override
    public Dataset describe() {
        return all.describe();
    }

    @Override
    public int size(Split split) {
        return split == Split.TRAIN ? kept.length : all.size(split);
    }

    @Override
    public byte[] raw(Split split, int index) {
        return all.raw(split, index(split, index));
    }

    @Override
    public Optional<String> label(Split split, int index) {
        return all.label(split, index(split, index));
    }
}
