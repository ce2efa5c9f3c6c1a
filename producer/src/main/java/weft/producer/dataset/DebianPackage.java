package weft.producer.dataset;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Debian's package of the data set, downloaded by apt and unpacked without being installed.
///
/// @param path the folders that `apt-get` and `dpkg-deb` are looked for in
record DebianPackage(List<Path> path) implements DatasetSource {
    static final String NAME = "dataset-fashion-mnist";

    /// Where the package puts the files.
    static final Path FOLDER = Path.of("/usr/share/datasets/fashion-mnist");

    private static final Logger log = LoggerFactory.getLogger(DebianPackage.class);
    private static final Duration COMMAND_TIMEOUT = Duration.ofMinutes(10);

    DebianPackage {
        path = List.copyOf(path);
    }

    /// Looks for the commands where a `PATH` variable says.
    static DebianPackage onPath(String path) {
        return new DebianPackage(Arrays.stream(path.split(File.pathSeparator, -1))
                .filter(folder -> !folder.isEmpty())
                .map(Path::of)
                .toList());
    }

    @Override
    public void fetchInto(Path folder) throws IOException, InterruptedException {
        String apt = command("apt-get");
        String dpkg = command("dpkg-deb");
        try {
            run(folder, apt, "download", NAME);
        } catch (IOException e) {
            // A fresh or old package list knows no such package, or a version that is gone from the mirror.
            log.info("{}: trying again after apt-get update", Reason.of(e));
            run(folder, apt, "update");
            run(folder, apt, "download", NAME);
        }
        Path tree = Files.createDirectory(folder.resolve("tree"));
        run(folder, dpkg, "-x", downloaded(folder).toString(), tree.toString());
        Path unpacked = tree.resolve(FOLDER.getRoot().relativize(FOLDER).toString());
        for (DataFile file : DataFile.values()) {
            Files.move(unpacked.resolve(file.gzipName()), folder.resolve(file.gzipName()));
        }
    }

    private String command(String name) throws IOException {
        return path.stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IOException(name + " is not on the PATH"))
                .toString();
    }

    private static Path downloaded(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder, NAME + "_*.deb")) {
            for (Path file : files) {
                return file;
            }
        }
        throw new IOException("apt-get download left no package");
    }

    private static void run(Path folder, String... command) throws IOException, InterruptedException {
        String shown = String.join(" ", command);
        log.info("running {}", shown);
        Path output = folder.resolve("output");
        var builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C");
        Process process = builder.start();
        try (var _ = process.getOutputStream()) {
            if (!process.waitFor(COMMAND_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(shown + " took more than " + COMMAND_TIMEOUT.toMinutes() + " minutes");
            }
        } finally {
            process.destroy();
        }
        if (process.exitValue() != 0) {
            throw new IOException(shown + " failed: " + lastWord(output, process.exitValue()));
        }
    }

    private static String lastWord(Path output, int exitCode) throws IOException {
        return Files.readString(output)
                .lines()
                .filter(line -> !line.isBlank() && !line.startsWith("W:"))
                .reduce((earlier, later) -> later)
                .orElse("exit code " + exitCode);
    }

    @Override
    public String toString() {
        return "Debian's package " + NAME;
    }
}
