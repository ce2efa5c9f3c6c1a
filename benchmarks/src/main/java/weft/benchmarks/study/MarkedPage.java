package weft.benchmarks.study;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A page of the docs whose figures a study writes between two marks.
///
/// @param before the first mark's end, and `after` the second mark's beginning, what stays as it is
/// @param figures that it has
record MarkedPage(Path file, String before, String figures, String after) {
    private static final String BEGIN = "<!-- figures -->\n";
    private static final String END = "<!-- end of figures -->\n";

    /// Reads it; where it has no marks the program says so and ends.
    static MarkedPage open(String program, Path file) throws IOException {
        String text = Files.readString(file);
        int begin = text.indexOf(BEGIN) + BEGIN.length();
        int end = text.indexOf(END);
        if (begin < BEGIN.length() || end < begin) {
            System.err.println(
                    program + ": " + file + " has no lines '" + BEGIN.strip() + "' and '" + END.strip() + "'");
            System.exit(2);
        }
        return new MarkedPage(file, text.substring(0, begin), text.substring(begin, end), text.substring(end));
    }

    /// Puts figures in the place of those that it had.
    void write(String measured) throws IOException {
        Files.writeString(file, before + measured + after);
    }
}
