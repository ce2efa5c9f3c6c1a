package weft.producer.dataset;

import java.util.Map;
import weft.kafka.service.UserError;

/// The SHA-256 that the uncompressed content of each file must have; a file that is not named here may have
/// any.
record Checksums(Map<DataFile, String> sha256) {
    static final Checksums ANY = new Checksums(Map.of());

    Checksums {
        sha256 = Map.copyOf(sha256);
    }

    /// Refuses content that is not the expected one, in the order of the files.
    void check(Map<DataFile, IdxFile> contents) {
        for (DataFile file : DataFile.values()) {
            IdxFile content = contents.get(file);
            if (content == null) {
                throw new UserError("no " + file.gzipName());
            }
            String expected = sha256.get(file);
            if (expected != null && !expected.equals(content.sha256())) {
                throw new UserError(content.name() + ": wrong checksum: SHA-256 " + expected + " expected, "
                        + content.sha256() + " found");
            }
        }
    }

    /// Whether all files have the content that is named here.
    boolean match(Map<DataFile, IdxFile> contents) {
        return sha256.entrySet().stream().allMatch(expected -> {
            IdxFile content = contents.get(expected.getKey());
            return content != null && content.sha256().equals(expected.getValue());
        });
    }
}
