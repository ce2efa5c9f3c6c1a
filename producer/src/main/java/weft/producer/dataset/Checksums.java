package weft.producer.dataset;

import java.util.Map;
import weft.kafka.service.UserError;

/// The SHA-256 that the uncompressed content of each file must have; a file that is not named here may have
/// any.
record Checksums(Map<DataFile, String> sha256) {
    static final Checksums ANY = new Checksums(Map.of());

    static final Checksums FASHION_MNIST = new Checksums(Map.of(
            DataFile.TRAIN_IMAGES, "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
            DataFile.TRAIN_LABELS, "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
            DataFile.TEST_IMAGES, "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
            DataFile.TEST_LABELS, "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

    Checksums {
        sha256 = Map.copyOf(sha256);
    }

    /// Refuses content that is not the expected one.
    void check(DataFile file, IdxFile content) {
        String expected = sha256.get(file);
        if (expected == null) {
            return;
        }
        String found = content.sha256();
        if (!found.equals(expected)) {
            throw new UserError(
                    content.name() + ": wrong checksum: SHA-256 " + expected + " expected, " + found + " found");
        }
    }
}
