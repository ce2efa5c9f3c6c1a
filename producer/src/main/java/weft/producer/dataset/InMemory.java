package weft.producer.dataset;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import weft.core.image.Dataset;
import weft.core.image.Shape;
import weft.core.image.Split;
import weft.kafka.service.UserError;

/// Images of both splits in memory, in the order of their files.
final class InMemory implements LabelledImages {
    private final Dataset dataset;
    private final Part train;
    private final Optional<Part> test;
    private final Map<String, String> indexes;

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
        indexes = indexes(classes);
        train.checkClasses(classes);
        test.ifPresent(part -> part.checkClasses(classes));
    }

    /// Digits for the names of classes, which every reader understands; none where a name could be taken for an index.
    private static Map<String, String> indexes(List<String> classes) {
        if (classes.stream().anyMatch(name -> name.matches("\\d+"))) {
            return Map.of();
        }
        return IntStream.range(0, classes.size()).boxed().collect(Collectors.toMap(classes::get, String::valueOf));
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
        return part(split).labels().map(labels -> labels.get(index)).map(label -> indexes.getOrDefault(label, label));
    }

    private Part part(Split split) {
        return split == Split.TRAIN
                ? train
                : test.orElseThrow(() -> new IndexOutOfBoundsException("the data set has no test images"));
    }
}
