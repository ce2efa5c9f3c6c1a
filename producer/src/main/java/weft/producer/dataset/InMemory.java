package weft.producer.dataset;

import java.util.List;
import java.util.Optional;
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.kafka.service.UserError;

/// Images of both splits in memory, in the order of their files.
final class InMemory implements LabelledImages {
    private final Dataset dataset;
    private final Part train;
    private final Optional<Part> test;

    /// @throws UserError where the splits have two shapes, or a label is none of the named classes
    InMemory(String name, List<String> classes, Part train, Optional<Part> test) {
        dataset = describe(name, train.images().shape(), classes);
        this.train = train;
        this.test = test;
        test.ifPresent(part -> {
            if (!part.images().shape().equals(dataset.shape())) {
                throw new UserError(
                        part.images().name() + ": images of " + part.images().shape() + ", but "
                                + train.images().name() + " has images of " + dataset.shape());
            }
        });
        train.checkClasses(classes);
        test.ifPresent(part -> part.checkClasses(classes));
    }

    private static Dataset describe(String name, Shape shape, List<String> classes) {
        try {
            return new Dataset(name, shape, classes);
        } catch (IllegalArgumentException e) {
            throw new UserError(name + ": " + e.getMessage(), e);
        }
    }

    @Override
    public Dataset describe() {
        return dataset;
    }

    @Override
    public int size(Split split) {
        return split == Split.TRAIN
                ? train.images().count()
                : test.map(part -> part.images().count()).orElse(0);
    }

    @Override
    public byte[] raw(Split split, int index) {
        return part(split).images().item(index);
    }

    @Override
    public Optional<String> label(Split split, int index) {
        return part(split).labels().map(labels -> labels.get(index));
    }

    private Part part(Split split) {
        return split == Split.TRAIN
                ? train
                : test.orElseThrow(() -> new IndexOutOfBoundsException("the data set has no test images"));
    }
}
