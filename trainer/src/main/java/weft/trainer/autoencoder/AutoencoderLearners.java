package weft.trainer.autoencoder;

import java.util.List;
import weft.core.model.ModelFamily;
import weft.kafka.family.AutoencoderFamily;
import weft.trainer.learn.FamilyOption;
import weft.trainer.learn.LearnerFamily;
import weft.trainer.learn.OptionValues;

/// Trains an autoencoder, and k-means and mixtures on its codes.
public final class AutoencoderLearners implements LearnerFamily {
    @Override
    public ModelFamily model() {
        return new AutoencoderFamily();
    }

    @Override
    public List<FamilyOption> options() {
        return AutoencoderOptions.ALL;
    }

    @Override
    public Configured configure(OptionValues values, long seed) {
        return AutoencoderOptions.read(values, seed);
    }
}
