package weft.trainer.micro;

import java.util.List;
import weft.core.model.ModelFamily;
import weft.kafka.family.MicroFamily;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.LearnerFamily;
import weft.trainer.learn.OptionValues;

/// Trains micro-clusters and groups them.
public final class MicroLearners implements LearnerFamily {
    @Override
    public ModelFamily model() {
        return new MicroFamily();
    }

    @Override
    public List<FamilyOption> options() {
        return List.of(MicroOptions.MICRO_CLUSTERS);
    }

    @Override
    public Configured configure(OptionValues values, long seed) {
        return MicroOptions.read(values, seed);
    }
}
