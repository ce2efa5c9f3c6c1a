package weft.producer.dataset;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import weft.kafka.service.UserError;

/// Lines of UTF-8 text, without the spaces around them and without empty lines at the end.
final class TextLines {
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private TextLines() {}

    /// @throws UserError that names the file, where it has more bytes or is no text
    static List<String> read(Path file, long mostBytes) {
        try {
            long size = Files.size(file);
            if (size > mostBytes) {
                throw new UserError(file + ": has " + size + " bytes, more than " + mostBytes);
            }
            String text = Files.readString(file, StandardCharsets.UTF_8);
            List<String> lines = new ArrayList<>((text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text)
                    .lines()
                    .map(String::strip)
                    .toList());
            while (!lines.isEmpty() && lines.getLast().isEmpty()) {
                lines.removeLast();
            }
            return lines;
        } catch (CharacterCodingException e) {
            throw new UserError(file + ": is not text in UTF-8", e);
        } catch (IOException e) {
            throw new UserError(file + ": cannot be read: " + Reason.of(e), e);
        }
    }
}
