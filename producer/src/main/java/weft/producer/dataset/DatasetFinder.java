package weft.producer.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.UserError;

/// Finds Fashion-MNIST on this machine, or fetches it once and keeps it in a cache folder.
///
/// Only files with the published checksums are taken.
public final class DatasetFinder {
    private static final Logger log = LoggerFactory.getLogger(DatasetFinder.class);

    private final Path cache;
    private final Path installed;
    private final List<DatasetSource> sources;
    private final Checksums checksums;

    DatasetFinder(Path cache, Path installed, List<DatasetSource> sources, Checksums checksums) {
        this.cache = cache;
        this.installed = installed;
        this.sources = List.copyOf(sources);
        this.checksums = checksums;
    }

    /// Looks in `cache`, then where Debian's package is installed; fetches into `cache`.
    public static DatasetFinder caching(Path cache, Map<String, String> environment) {
        var debian = DebianPackage.onPath(environment.getOrDefault("PATH", ""));
        return new DatasetFinder(
                cache, DebianPackage.FOLDER, List.of(WebSite.OFFICIAL, debian), FashionMnist.CHECKSUMS);
    }

    /// The cache folder by the XDG base directory specification, which has relative paths ignored.
    ///
    /// @param home as Java knows it: `?` for a user without an entry in the system's list, as containers have them
    public static Path cacheFolder(Map<String, String> environment, Path home) {
        return absolute(environment, "XDG_CACHE_HOME")
                .or(() -> Optional.of(home).filter(Path::isAbsolute).map(known -> known.resolve(".cache")))
                .or(() -> absolute(environment, "HOME").map(known -> known.resolve(".cache")))
                .orElse(Path.of(System.getProperty("java.io.tmpdir")))
                .resolve("weft", "fashion-mnist");
    }

    private static Optional<Path> absolute(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(Path::of).filter(Path::isAbsolute);
    }

    /// Reads the data set from the first place that has it.
    ///
    /// @throws UserError where no place has it, saying what was tried and what to do
    public LabelledImages find() {
        for (Path folder : List.of(cache, installed)) {
            if (DataFile.allIn(folder)) {
                try {
                    return FashionMnist.read(folder, checksums);
                } catch (UserError damaged) {
                    log.warn("not using the data set in {}: {}", folder, damaged.getMessage());
                }
            }
        }
        return fetch();
    }

    private LabelledImages fetch() {
        var failures = new ArrayList<String>();
        for (DatasetSource source : sources) {
            log.info("fetching the Fashion-MNIST data set from {}", source);
            Path temporary = temporaryFolder();
            try {
                return fetchFrom(source, temporary);
            } catch (IOException | UserError e) {
                failures.add(source + " (" + Reason.of(e) + ")");
                log.info("{} failed: {}", source, Reason.of(e));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UserError("interrupted while fetching the data set from " + source, e);
            }
        }
        throw new UserError("no Fashion-MNIST data set in " + cache + " or " + installed + ", and none to be had from "
                + String.join(" or ", failures) + ": name a folder of images by --data DIR, or install "
                + DebianPackage.NAME);
    }

    /// A fresh folder in the cache itself: a move within one file system is atomic.
    private Path temporaryFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(cache), "fetch");
        } catch (IOException e) {
            throw new UserError("the data set cannot be kept in " + cache + ": " + Reason.of(e), e);
        }
    }

    private LabelledImages fetchFrom(DatasetSource source, Path temporary) throws IOException, InterruptedException {
        try {
            source.fetchInto(temporary);
            var dataset = FashionMnist.read(temporary, checksums);
            for (DataFile file : DataFile.values()) {
                Files.move(
                        temporary.resolve(file.gzipName()),
                        cache.resolve(file.gzipName()),
                        StandardCopyOption.ATOMIC_MOVE);
            }
            log.info("the data set is now in {}", cache);
            return dataset;
        } finally {
            delete(temporary);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
