package weft.standalone.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Small data sets in numpy's format.
final class NpyFiles {
    private NpyFiles() {}

    /// A folder of ten vectors of four values, all 0.
    static Path vectors(Path folder) throws IOException {
        Path data = Files.createDirectories(folder);
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (10, 4), }";
        byte[] text = (header + " ".repeat(117 - header.length()) + "\n").getBytes(StandardCharsets.US_ASCII);
        byte[] file = new byte[10 + text.length + 10 * 4 * Float.BYTES];
        System.arraycopy(
                new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) text.length, 0}, 0, file, 0, 10);
        System.arraycopy(text, 0, file, 10, text.length);
        Files.write(data.resolve("train.npy"), file);
        return data;
    }
}
