package weft.standalone.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Properties;
import java.util.regex.Pattern;
import weft.kafka.service.Faults;
import weft.kafka.service.UserError;

/// Reads a properties file as people write it: UTF-8, with or without a byte order mark, blanks at a line's end.
final class PropertiesFile {
    private static final int MOST_BYTES = 1 << 20;

    /// A blank that is wanted at the end of a value has a backslash before it.
    private static final Pattern TRAILING_BLANKS = Pattern.compile("(?<![\\\\ \\t\\f])[ \\t\\f]+(?=[\\r\\n]|\\z)");

    /// Of a whole file, or of each of the files that were joined into this one.
    private static final Pattern BYTE_ORDER_MARK = Pattern.compile("(?m)^\uFEFF");

    private PropertiesFile() {}

    /// Reads it.
    ///
    /// @param what how messages call it, for example the option that names it
    /// @throws UserError that says why it cannot be read
    static Properties read(String what, String name) {
        String text = text(what + " " + name, bytes(what + " " + name, name));
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(TRAILING_BLANKS
                    .matcher(BYTE_ORDER_MARK.matcher(text).replaceAll(""))
                    .replaceAll("")));
        } catch (IOException | IllegalArgumentException fault) {
            // A Windows path with single backslashes is the usual case.
            throw new UserError(
                    what + " " + name + " cannot be read: a backslash with u needs four hexadecimal digits"
                            + " (write a backslash as two)",
                    fault);
        }
        return properties;
    }

    private static byte[] bytes(String file, String name) {
        try {
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                throw new UserError(file + " cannot be read: it is a folder");
            }
            try (InputStream in = Files.newInputStream(path)) {
                byte[] bytes = in.readNBytes(MOST_BYTES + 1);
                if (bytes.length > MOST_BYTES) {
                    throw new UserError(file + " cannot be read: it is larger than " + MOST_BYTES + " bytes");
                }
                return bytes;
            }
        } catch (NoSuchFileException fault) {
            throw new UserError(file + " cannot be read: there is no such file", fault);
        } catch (AccessDeniedException fault) {
            throw new UserError(file + " cannot be read: no right to read it", fault);
        } catch (IOException | InvalidPathException fault) {
            throw new UserError(file + " cannot be read: " + Faults.line(fault), fault);
        }
    }

    private static String text(String file, byte[] bytes) {
        CharsetDecoder strict = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        try {
            return strict.decode(buffer).toString();
        } catch (CharacterCodingException fault) {
            // The decoder stops at the byte that fits nowhere.
            long line = 1;
            for (int i = 0; i < buffer.position(); i++) {
                line += bytes[i] == '\n' ? 1 : 0;
            }
            throw new UserError(file + " cannot be read: it is not UTF-8 at line " + line, fault);
        }
    }
}
