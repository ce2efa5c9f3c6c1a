package weft.producer;

import io.micrometer.core.instrument.Counter;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.producer.replay.Progress;
import weft.producer.replay.Replayer;

/// Replays a data set in the background.
public final class ReplayService implements Service {
    private final Replayer replayer;
    private final Thread thread;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean complete;
    private volatile boolean failed;

    private ReplayService(Replayer replayer, ReplayJob job, Progress progress, Consumer<Throwable> onFailure) {
        this.replayer = replayer;
        thread = Thread.ofPlatform()
                .name("replay")
                .uncaughtExceptionHandler((_, fault) -> {
                    failed = true;
                    // Told first: whoever waits for the end asks at once whether it was a failure.
                    onFailure.accept(fault);
                    finished.countDown();
                })
                .unstarted(() -> {
                    complete = replayer.run(job.epochs(), job.perSecond(), progress);
                    finished.countDown();
                });
    }

    /// Starts to send.
    public static ReplayService start(ServiceContext context, ReplayJob job, Progress progress) {
        Counter images = Counter.builder("weft.producer.images")
                .description("Images of the replay sent since this process began")
                .register(context.meters());
        Progress counted = new Progress() {
            @Override
            public void sent(long done, long total) {
                images.increment();
                progress.sent(done, total);
            }

            @Override
            public void skipped(long done, long total) {
                progress.skipped(done, total);
            }

            @Override
            public void close() {
                progress.close();
            }
        };
        Replayer replayer = new Replayer(context.kafka(), context.topics(), job.data(), job.plan(), context.clock());
        ReplayService service = new ReplayService(replayer, job, counted, context.onFailure());
        service.thread.start();
        return service;
    }

    /// Waits for the end of the replay; says whether everything is acknowledged.
    public boolean await() throws InterruptedException {
        finished.await();
        return complete;
    }

    @Override
    public String name() {
        return "producer";
    }

    @Override
    public boolean live() {
        return !failed;
    }

    @Override
    public boolean ready() {
        return !failed;
    }

    @Override
    public void close() {
        replayer.stop();
        try {
            thread.join();
        } catch (InterruptedException fault) {
            Thread.currentThread().interrupt();
        }
    }
}
