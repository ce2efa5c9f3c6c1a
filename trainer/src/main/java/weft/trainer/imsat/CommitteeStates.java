package weft.trainer.imsat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import weft.trainer.proto.CommitteeState;
import weft.trainer.proto.ReplicaState;

/// The state of a committee as bytes, and back.
final class CommitteeStates {
    private CommitteeStates() {}

    /// @param pending images that wait for a step, values from 0 to 1
    static ByteString save(Committee committee, float[] pending, int waiting, Reservoir reservoir) {
        CommitteeState.Builder message = CommitteeState.newBuilder().setSteps(committee.steps);
        for (Replica replica : committee.replicas) {
            ReplicaState.Builder one = message.addReplicasBuilder().setLoss(replica.loss);
            for (float value : replica.net.parameters) {
                one.addParameters(value);
            }
            for (float value : replica.net.moments) {
                one.addMoments(value);
            }
            for (float value : replica.first) {
                one.addFirst(value);
            }
            for (float value : replica.second) {
                one.addSecond(value);
            }
            for (float value : replica.averageParameters) {
                one.addAverageParameters(value);
            }
            for (float value : replica.averageMoments) {
                one.addAverageMoments(value);
            }
            for (double value : replica.marginal) {
                one.addMarginal(value);
            }
        }
        for (double value : committee.matching.save()) {
            message.addMatching(value);
        }
        byte[] images = new byte[waiting * committee.shape.image.values()];
        for (int i = 0; i < images.length; i++) {
            images[i] = (byte) Math.round(pending[i] * 255);
        }
        return message.setPending(ByteString.copyFrom(images))
                .setReservoir(reservoir.save())
                .setReservoirSeen(reservoir.seen())
                .build()
                .toByteString();
    }

    /// Fills a fresh committee.
    ///
    /// @return how many images wait in `pending`
    /// @throws IllegalArgumentException where the state is not one of such a committee
    static int restore(ByteString saved, Committee committee, float[] pending, Reservoir reservoir) {
        CommitteeState message;
        try {
            message = CommitteeState.parseFrom(saved);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("the saved state of the committee cannot be read", fault);
        }
        int values = committee.shape.image.values();
        if (message.getReplicasCount() != committee.replicas.length
                || message.getPending().size() % values != 0
                || message.getPending().size() >= pending.length) {
            throw new IllegalArgumentException("the saved state is not one of such a committee");
        }
        committee.steps = message.getSteps();
        for (int r = 0; r < committee.replicas.length; r++) {
            Replica replica = committee.replicas[r];
            ReplicaState one = message.getReplicas(r);
            replica.loss = one.getLoss();
            copy(one.getParametersList(), replica.net.parameters);
            copy(one.getMomentsList(), replica.net.moments);
            copy(one.getFirstList(), replica.first);
            copy(one.getSecondList(), replica.second);
            copy(one.getAverageParametersList(), replica.averageParameters);
            copy(one.getAverageMomentsList(), replica.averageMoments);
            copy(one.getMarginalList(), replica.marginal);
        }
        double[] matching = committee.matching.save();
        copy(message.getMatchingList(), matching);
        committee.matching.restore(matching);
        for (int i = 0; i < message.getPending().size(); i++) {
            pending[i] = (message.getPending().byteAt(i) & 0xFF) * (1f / 255f);
        }
        reservoir.restore(message.getReservoir(), message.getReservoirSeen());
        return message.getPending().size() / values;
    }

    private static void copy(List<Float> from, float[] to) {
        checkSize(from.size(), to.length);
        for (int i = 0; i < to.length; i++) {
            to[i] = from.get(i);
        }
    }

    private static void copy(List<Double> from, double[] to) {
        checkSize(from.size(), to.length);
        for (int i = 0; i < to.length; i++) {
            to[i] = from.get(i);
        }
    }

    private static void checkSize(int found, int wanted) {
        if (found != wanted) {
            throw new IllegalArgumentException(
                    "the saved state of a network has " + found + " values where " + wanted + " are wanted");
        }
    }
}
