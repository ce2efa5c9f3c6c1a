package weft.producer.dataset;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import weft.kafka.service.UserError;

/// The labels of a split, in the order of its images.
final class Labels {
    /// The longest label, in bytes of UTF-8.
    static final int LONGEST = 64;

    private final String name;
    private final List<String> texts;

    /// @param name of their file, for messages
    /// @throws UserError for a label that is empty, longer than [#LONGEST] or has control characters
    Labels(String name, List<String> texts) {
        this.name = name;
        this.texts = texts;
        for (int i = 0; i < texts.size(); i++) {
            check(name, i, texts.get(i));
        }
    }

    private static void check(String name, int index, String text) {
        if (text.isBlank()) {
            throw new UserError(name + ": label " + index + " is empty");
        }
        if (text.length() > LONGEST || text.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new UserError(name + ": label " + index + " has more than " + LONGEST + " bytes");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new UserError(name + ": label " + index + " has control characters");
        }
    }

    String name() {
        return name;
    }

    int count() {
        return texts.size();
    }

    String get(int index) {
        return texts.get(Objects.checkIndex(index, texts.size()));
    }
}
