package weft.trainer.cluster;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import weft.trainer.proto.ClustererState;

/// Saved states of the clusterers that Weft itself has.
final class ClustererStates {
    private ClustererStates() {}

    static ClustererState parse(ByteString saved) {
        try {
            return ClustererState.parseFrom(saved);
        } catch (InvalidProtocolBufferException fault) {
            throw new IllegalArgumentException("the saved state of a clusterer cannot be read", fault);
        }
    }
}
