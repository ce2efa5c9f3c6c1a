package weft.producer;

import io.micrometer.core.instrument.Counter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.Supervised;
import weft.kafka.service.Trouble;
import weft.producer.replay.Progress;
import weft.producer.replay.Replayer;

/// Replays a data set in the background.
public final class ReplayService implements Service {
    private final Replayer replayer;
    private final ReplayJob job;
    private final AtomicLong done;
    private final Progress progress;
    private final Trouble trouble;
    private final Supervised replay;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile boolean complete;
    private volatile boolean failed;

    private ReplayService(
            ServiceContext context, Replayer replayer, ReplayJob job, Progress progress, AtomicLong done) {
        this.replayer = replayer;
        this.job = job;
        this.done = done;
        this.progress = progress;
        trouble = Trouble.metered("replay", context.clock(), context.meters());
        replay = Supervised.start("replay", this::begin, trouble, fault -> {
            failed = true;
            // Told first: whoever waits for the end asks at once whether it was a failure.
            context.onFailure().accept(fault);
            finish();
        });
    }

    private Supervised.Life begin() {
        Replayer.Sending sending = replayer.connect(job.pace());
        return new Supervised.Life() {
            @Override
            public boolean round() {
                complete = replayer.run(sending, job.epochs(), job.pace(), progress);
                finish();
                return false;
            }

            @Override
            public void wakeup() {
                replayer.stop();
            }

            @Override
            public void close() {
                sending.close();
            }
        };
    }

    private synchronized void finish() {
        if (finished.getCount() > 0) {
            progress.close();
            finished.countDown();
        }
    }

    /// Starts to send.
    public static ReplayService start(ServiceContext context, ReplayJob job, Progress progress) {
        Counter images = Counter.builder("weft.producer.images")
                .description("Images of the replay sent since this process began")
                .register(context.meters());
        AtomicLong sent = new AtomicLong();
        Progress counted = new Progress() {
            @Override
            public void sent(long done, long total) {
                images.increment();
                sent.set(done);
                progress.sent(done, total);
            }

            @Override
            public void skipped(long done, long total) {
                sent.set(done);
                progress.skipped(done, total);
            }

            @Override
            public void close() {
                progress.close();
            }
        };
        Replayer replayer = new Replayer(context.kafka(), context.topics(), job.data(), job.plan(), context.clock());
        return new ReplayService(context, replayer, job, counted, sent);
    }

    /// Waits for the end of the replay; says whether everything is acknowledged.
    public boolean await() throws InterruptedException {
        finished.await();
        return complete;
    }

    /// What drift has made of the replay, once all of it is acknowledged; nothing where there is none.
    public Optional<String> drift() {
        return complete ? job.summary(done.get()) : Optional.empty();
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
    public List<String> troubles() {
        return trouble.report().stream().toList();
    }

    @Override
    public void close() {
        replayer.stop();
        replay.close();
        replayer.close();
        finish();
    }
}
