package weft.testing;

import java.util.List;
import weft.core.image.Dataset;
import weft.core.image.Shape;

/// Data sets that tests share.
public final class TestData {
    /// Grey images of 28 x 28 with the ten classes of Fashion-MNIST, as the reference stream has them.
    public static final Dataset FASHION = new Dataset(
            "Fashion-MNIST",
            new Shape.Image(28, 28, 1),
            List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot"));

    private TestData() {}
}
