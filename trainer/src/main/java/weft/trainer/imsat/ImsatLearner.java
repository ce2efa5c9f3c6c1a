package weft.trainer.imsat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import weft.core.model.CommitteeEncoder;
import weft.core.model.Encoder;
import weft.core.model.ImageNetwork;
import weft.trainer.cluster.Codes;
import weft.trainer.learn.DivergedException;
import weft.trainer.learn.EncoderLearner;

/// A committee that learns, in steps of [Committee#IMAGES] however the stream's mini-batches are cut.
///
/// With a reservoir, half of a step's images are new and half are drawn from it. Images that do not fill a step wait
/// for the next ones, and are part of the saved state. Codes are left at zero:
/// the vote of the committee needs none to learn.
final class ImsatLearner implements EncoderLearner {
    /// How many times the loss of guessing no training has.
    private static final double BLOWN_UP = 4;

    private final Committee committee;
    private final float[] pending;
    private final Reservoir reservoir;
    private int waiting;

    ImsatLearner(Committee committee, Optional<ByteString> saved) {
        this.committee = committee;
        pending = new float[Committee.IMAGES * committee.shape.image.values()];
        reservoir = committee.reservoir();
        saved.ifPresent(bytes -> waiting = CommitteeStates.restore(bytes, committee, pending, reservoir));
    }

    @Override
    public double train(float[] images, int n, Codes codes) {
        codes.rows(n);
        int values = committee.shape.image.values();
        double sum = 0;
        int steps = 0;
        for (int taken = 0; taken < n; ) {
            int wanted = reservoir.size() == 0 ? Committee.IMAGES : Committee.IMAGES / 2;
            int some = Math.min(n - taken, wanted - waiting);
            System.arraycopy(images, taken * values, pending, waiting * values, some * values);
            taken += some;
            waiting += some;
            if (waiting == wanted) {
                reservoir.draw(pending, waiting, Committee.IMAGES, committee.steps);
                double loss = committee.step(pending);
                if (!Double.isFinite(loss)) {
                    throw new DivergedException(committee.steps, loss, "the loss");
                }
                reservoir.add(pending, waiting);
                sum += loss;
                steps++;
                waiting = 0;
            }
        }
        return sum / steps;
    }

    @Override
    public String loss() {
        return "information";
    }

    @Override
    public double blownUp() {
        return BLOWN_UP * Math.log(committee.shape.k * NetShape.OVER);
    }

    @Override
    public boolean moves() {
        return true;
    }

    /// The averages of the networks, each with its clusters in the order of the first one's.
    @Override
    public Encoder encoder() {
        List<ImageNetwork> networks = new ArrayList<>();
        for (int r = 0; r < Committee.REPLICAS; r++) {
            Replica replica = committee.replicas[r];
            networks.add(Folding.fold(
                    committee.shape,
                    replica.averageParameters,
                    replica.averageMoments,
                    committee.matching.partner(0, r)));
        }
        return new CommitteeEncoder(networks);
    }

    @Override
    public ByteString save() {
        return CommitteeStates.save(committee, pending, waiting, reservoir);
    }
}
