package weft.producer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;
import weft.kafka.service.UserError;

/// What lies in a folder, sorted by name, without hidden files: systems leave some of their own.
final class Listing {
    private static final int MOST_NAMED = 5;

    private Listing() {}

    static List<Path> files(Path folder) {
        return list(folder, Files::isRegularFile);
    }

    static List<Path> folders(Path folder) {
        return list(folder, Files::isDirectory);
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) {
        try (var paths = Files.list(folder)) {
            return paths.filter(path -> !name(path).startsWith(".") && wanted.test(path))
                    .sorted((a, b) -> name(a).compareTo(name(b)))
                    .toList();
        } catch (IOException e) {
            throw new UserError(folder + ": cannot be read: " + Reason.of(e), e);
        }
    }

    static String name(Path path) {
        return String.valueOf(path.getFileName());
    }

    /// The first names of a folder for a message; `nothing` where it is empty.
    static String names(Path folder) {
        List<Path> all = list(folder, _ -> true);
        if (all.isEmpty()) {
            return "nothing";
        }
        String names = String.join(
                ", ",
                all.stream()
                        .limit(MOST_NAMED)
                        .map(path -> name(path) + (Files.isDirectory(path) ? "/" : ""))
                        .toList());
        return all.size() > MOST_NAMED ? names + " and " + (all.size() - MOST_NAMED) + " more" : names;
    }
}
