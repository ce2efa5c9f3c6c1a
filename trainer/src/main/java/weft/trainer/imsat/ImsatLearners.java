package weft.trainer.imsat;

import java.util.List;
import weft.core.model.ModelFamily;
import weft.kafka.family.ImsatFamily;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.LearnerFamily;
import weft.trainer.learn.OptionValues;

/// Trains committees of networks whose outputs are the clusters.
public final class ImsatLearners implements LearnerFamily {
    @Override
    public ModelFamily model() {
        return new ImsatFamily();
    }

    @Override
    public List<FamilyOption> options() {
        return ImsatOptions.ALL;
    }

    @Override
    public Configured configure(OptionValues values, long seed) {
        return ImsatOptions.read(values, seed);
    }
}
