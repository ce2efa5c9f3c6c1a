package weft.producer.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Fashion-MNIST (Xiao, Rasul, Vollgraf 2017), the data set that is replayed where the user names none.
final class FashionMnist {
    static final String NAME = "Fashion-MNIST";

    static final List<String> CLASSES = List.of(
            "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot");

    static final Checksums CHECKSUMS = new Checksums(Map.of(
            DataFile.TRAIN_IMAGES, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            DataFile.TRAIN_LABELS, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            DataFile.TEST_IMAGES, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            DataFile.TEST_LABELS, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

    private static final int TRAIN_IMAGES = 60_000;

    private FashionMnist() {}

    /// Reads the four files of a folder.
    ///
    /// @throws UserError where one is missing, damaged or has another checksum
    static LabelledImages read(Path folder, Checksums checksums) {
        IdxFolder files = IdxFolder.read(folder);
        checksums.check(files.contents());
        return files.images(NAME, CLASSES);
    }

    /// Whether these are the published files, whoever keeps them where.
    static boolean is(IdxFolder files) {
        return files.contents().size() == DataFile.values().length
                && files.train().images().count() == TRAIN_IMAGES
                && CHECKSUMS.match(files.contents());
    }
}
