package weft.standalone;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The jars that `verify` has built, with an archive of their loaded classes: a process that stands on them starts
/// for little more than half the processor time.
final class BuiltApp {
    private static List<String> found = List.of();

    private BuiltApp() {}

    /// The options by which a JVM finds Weft's classes. Failsafe names the application; Surefire's tests run on the
    /// classes that they were compiled with.
    ///
    /// @param java the program and those of its options that an archive goes by
    static synchronized List<String> classes(List<String> java) {
        String app = System.getProperty("weft.app");
        if (app == null) {
            return List.of("-cp", System.getProperty("java.class.path"));
        }
        if (found.isEmpty()) {
            try {
                found = find(Path.of(app), java);
            } catch (IOException fault) {
                throw new UncheckedIOException(fault);
            } catch (InterruptedException fault) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(fault);
            }
        }
        return found;
    }

    private static List<String> find(Path app, List<String> java) throws IOException, InterruptedException {
        List<File> jars;
        try (Stream<Path> files = Files.list(app.resolve("lib"))) {
            jars = files.sorted().map(Path::toFile).toList();
        }
        List<String> options = new ArrayList<>();
        options.add("-cp");
        options.add(jars.stream().map(File::getPath).collect(Collectors.joining(File.pathSeparator)));
        Path archive = app.resolve("tests.jsa");
        // Whichever of Failsafe's JVMs comes first makes it; without it all works, but slowly.
        try (FileChannel file = FileChannel.open(
                        app.resolve("tests.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            long made = archive.toFile().lastModified();
            if (jars.stream().anyMatch(jar -> jar.lastModified() >= made)) {
                Files.deleteIfExists(archive);
                make(app, archive, java, options);
            }
        }
        if (Files.exists(archive)) {
            options.addFirst("-XX:SharedArchiveFile=" + archive);
        }
        return options;
    }

    /// A short replay: what it loads is what every process loads.
    private static void make(Path app, Path archive, List<String> java, List<String> classes)
            throws IOException, InterruptedException {
        Path made = app.resolve("tests.new");
        Path log = app.resolve("tests.log");
        Path state = Files.createTempDirectory("weft-archive");
        List<String> command = new ArrayList<>(java);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:ArchiveClassesAtExit=" + made));
        command.addAll(classes);
        command.addAll(List.of("weft.standalone.Main", "up", "--once", "--limit", "700"));
        command.addAll(List.of("--pipelines", "raw-kmeans-10", "--dir", state.toString()));
        command.addAll(List.of("--kafka-port", "0", "--metrics-port", "0", "--port", "0"));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (process.waitFor(2, TimeUnit.MINUTES) && process.exitValue() == 0) {
            Files.move(made, archive, StandardCopyOption.REPLACE_EXISTING);
        } else {
            process.destroyForcibly().waitFor();
            System.err.println("no archive of classes, so processes start slowly: " + log);
        }
        try (Stream<Path> files = Files.walk(state)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
