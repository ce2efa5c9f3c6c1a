package weft.benchmarks.study;

import java.io.IOException;
import java.nio.file.Path;
import weft.producer.dataset.DatasetFinder;
import weft.producer.dataset.LabelledImages;

/// The data set of the benchmarks, from where the product itself has it.
public final class FashionMnist {
    private FashionMnist() {}

    /// Finds it in the user's cache or installed, else fetches it.
    public static LabelledImages find() throws IOException {
        Path cache = DatasetFinder.cacheFolder(System.getenv(), Path.of(System.getProperty("user.home")));
        return DatasetFinder.caching(cache, System.getenv()).find();
    }
}
