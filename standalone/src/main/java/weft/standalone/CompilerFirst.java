package weft.standalone;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.Faults;
import weft.kafka.service.UserError;

/// Lets the JVM's compiler go before everything else of this process, once it has run for a while.
///
/// A dozen threads that are behind share two cores with the two that compile what they run: it takes 40 seconds until
/// all of it is compiled, and until then much runs in slower code. So the others step back (`nice`), which a process
/// may
/// do without any right; threads that they start do the same. Not at once, as a run of a few seconds has nothing of it.
/// Where the system has no `/proc` or no `setpriority` nothing happens.
public final class CompilerFirst implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CompilerFirst.class);
    private static final Path THREADS = Path.of("/proc/self/task");
    private static final Duration AFTER = Duration.ofSeconds(10);

    /// The JVM's compiler and collector and what serves them, by the first fifteen letters of their names.
    private static final Pattern OF_THE_JVM =
            Pattern.compile("(C1|C2) CompilerThre|GC Thread.*|VM (Thread|Periodic Tas).*|Common-Cleaner");

    private static final int PRIO_PROCESS = 0;
    private static final int LOWEST = 19;

    private final Optional<Thread> waiting;

    private CompilerFirst(Optional<Thread> waiting) {
        this.waiting = waiting;
    }

    /// Says no to what is no priority of a process without rights.
    ///
    /// @throws UserError where it is none
    public static void check(int nice) {
        if (nice < 0 || nice > LOWEST) {
            throw new UserError("--nice must be 0 to " + LOWEST + ", not " + nice);
        }
    }

    /// Starts to wait, until it is closed.
    ///
    /// @param nice that the process's own threads get, from 0 (nothing is changed) to 19
    public static CompilerFirst start(int nice) {
        return new CompilerFirst(
                nice == 0 || !Files.isDirectory(THREADS)
                        ? Optional.empty()
                        : Optional.of(Thread.ofPlatform()
                                .daemon()
                                .name("compiler-first")
                                .start(() -> stepBackLater(nice))));
    }

    private static void stepBackLater(int nice) {
        try {
            Thread.sleep(AFTER);
            LOG.debug("{} threads step back for the compiler", stepBack(nice));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException fault) {
            LOG.warn("the compiler does not go first: {}", Faults.line(fault));
        }
    }

    @Override
    public void close() {
        waiting.ifPresent(Thread::interrupt);
    }

    /// Gives all threads but the JVM's compiler and collector that priority; says how many have got it.
    @SuppressWarnings("restricted") // the JVM's flags allow native access
    static int stepBack(int nice) throws IOException {
        Optional<MemorySegment> found = Linker.nativeLinker().defaultLookup().find("setpriority");
        if (found.isEmpty()) {
            return 0;
        }
        MethodHandle setPriority = Linker.nativeLinker()
                .downcallHandle(
                        found.get(),
                        FunctionDescriptor.of(
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT,
                                ValueLayout.JAVA_INT));
        int done = 0;
        try (DirectoryStream<Path> threads = Files.newDirectoryStream(THREADS)) {
            for (Path thread : threads) {
                if (!ofTheJvm(thread) && set(setPriority, thread, nice)) {
                    done++;
                }
            }
        }
        return done;
    }

    private static boolean ofTheJvm(Path thread) {
        try {
            return OF_THE_JVM
                    .matcher(Files.readString(thread.resolve("comm"), StandardCharsets.ISO_8859_1)
                            .strip())
                    .matches();
        } catch (IOException ended) {
            return true;
        }
    }

    private static boolean set(MethodHandle setPriority, Path thread, int nice) {
        try {
            return (int) setPriority.invokeExact(
                            PRIO_PROCESS, Integer.parseInt(thread.getFileName().toString()), nice)
                    == 0;
        } catch (Throwable impossible) {
            throw new IllegalStateException("setpriority cannot be called", impossible);
        }
    }
}
