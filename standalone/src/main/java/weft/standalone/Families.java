package weft.standalone;

import java.util.List;
import weft.core.model.ModelFamilies;
import weft.kafka.wire.SnapshotCodec;
import weft.trainer.autoencoder.AutoencoderLearners;
import weft.trainer.imsat.ImsatLearners;
import weft.trainer.learn.LearnerFamily;
import weft.trainer.micro.MicroLearners;
import weft.trainer.raw.RawLearners;

/// The families that the `weft` command knows: the one list of them.
public final class Families {
    /// In the order in which a user reads them.
    public static final List<LearnerFamily> ALL =
            List.of(new RawLearners(), new AutoencoderLearners(), new ImsatLearners(), new MicroLearners());

    /// The side of them that everybody who uses models sees.
    public static final ModelFamilies MODELS =
            new ModelFamilies(ALL.stream().map(LearnerFamily::model).toList());

    /// Reads and writes their snapshots.
    public static final SnapshotCodec SNAPSHOTS = new SnapshotCodec(MODELS);

    private Families() {}
}
