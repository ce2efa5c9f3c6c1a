package weft.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import weft.core.image.Shape;
import weft.core.model.Assignment;
import weft.core.model.Clusterer;
import weft.core.model.Encoder;
import weft.core.model.MeanVote;
import weft.core.model.PipelineName;
import weft.trainer.cluster.Codes;
import weft.trainer.imsat.ImsatLearners;
import weft.trainer.learn.EncoderLearner;
import weft.trainer.learn.OptionValues;

/// The committee of `imsat-10`: one image through its three networks, and one step of 128 images of all three.
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CommitteeBenchmark {
    private static final int STEP = 128;

    private final float[] images = Samples.images(STEP);
    private final Codes codes = new Codes(STEP, 30);
    private final EncoderLearner learner = learner();
    private final Encoder.Pass encoder = learner.encoder().pass();
    private final Clusterer.Pass vote = new MeanVote(3, 10).pass();
    private int next;

    private static EncoderLearner learner() {
        ImsatLearners family = new ImsatLearners();
        return family.configure(OptionValues.of(family.options(), Map.of()), 1)
                .on(new Shape.Image(28, 28, 1), List.of(PipelineName.parse("imsat-10")))
                .encoder(Optional.empty());
    }

    /// One image through three networks, and their vote.
    @Benchmark
    public Assignment score() {
        next = (next + 1) % STEP;
        return vote.assign(encoder.encode(images, next * Samples.VALUES));
    }

    /// A step of all three replicas: two views of each image, and one that is mixed; divide by 3 x 128 for a source
    /// image of one replica.
    @Benchmark
    public double step() {
        return learner.train(images, STEP, codes);
    }
}
