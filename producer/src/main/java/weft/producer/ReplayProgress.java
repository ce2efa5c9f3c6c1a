package weft.producer;

import java.io.Console;
import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import weft.producer.replay.Progress;

/// Shows how far a replay is: a bar on a terminal, a line every few seconds elsewhere.
public final class ReplayProgress {
    private static final long PLAIN_EVERY_NANOS = 2_000_000_000L;

    private ReplayProgress() {}

    /// Chooses by whether a person watches.
    ///
    /// @param news more to say: all of it in a line, or in turn behind a bar, where there is little room
    public static Progress onTerminalOrPlain(PrintStream out, Supplier<List<String>> news) {
        boolean terminal = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return terminal ? bar(out, news) : plain(out, news);
    }

    private static Progress bar(PrintStream out, Supplier<List<String>> news) {
        ProgressBar bar = new ProgressBarBuilder()
                .setTaskName("images")
                .hideEta()
                .setUpdateIntervalMillis(250)
                .setConsumer(new ConsoleProgressBarConsumer(out))
                .showSpeed()
                .build();
        return new Progress() {
            private long shown;

            @Override
            public void sent(long done, long total) {
                bar.maxHint(total);
                bar.stepTo(done);
                if (System.nanoTime() - shown > 250_000_000L) {
                    shown = System.nanoTime();
                    List<String> all = news.get();
                    if (!all.isEmpty()) {
                        bar.setExtraMessage(" " + all.get((int) (shown / PLAIN_EVERY_NANOS % all.size())));
                    }
                }
            }

            @Override
            public void close() {
                bar.close();
            }
        };
    }

    private static Progress plain(PrintStream out, Supplier<List<String>> news) {
        return new Progress() {
            private long said = System.nanoTime();
            private long done;
            private long total;

            @Override
            public void sent(long nowDone, long ofTotal) {
                done = nowDone;
                total = ofTotal;
                if (System.nanoTime() - said >= PLAIN_EVERY_NANOS) {
                    said = System.nanoTime();
                    say();
                }
            }

            private void say() {
                out.println("images " + done + "/" + total + "  " + String.join(" | ", news.get()));
            }

            @Override
            public void close() {
                say();
            }
        };
    }
}
