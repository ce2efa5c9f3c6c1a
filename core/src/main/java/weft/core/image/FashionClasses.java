package weft.core.image;

import java.util.List;

/// The ten classes of Fashion-MNIST (Xiao, Rasul, Vollgraf 2017).
public final class FashionClasses {
    private static final List<String> NAMES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    /// How many classes there are.
    public static final int COUNT = NAMES.size();

    private FashionClasses() {}

    /// All names, in the order of their labels.
    public static List<String> names() {
        return NAMES;
    }

    /// The name of a label from 0 to [#COUNT] - 1.
    public static String name(int label) {
        return NAMES.get(label);
    }
}
