package weft.standalone.command;

import java.time.Duration;
import picocli.CommandLine.Option;
import weft.kafka.service.UserError;
import weft.scorer.labels.LabelPolicy;

/// How long and how many images wait for labels that come later.
final class LabelOptions {
    @Option(
            names = "--label-age",
            defaultValue = "1h",
            paramLabel = "TIME",
            description =
                    "How much later than its image a label may come: 90s, 15m, 1h, 7d (default: ${DEFAULT-VALUE})")
    private Duration age = LabelPolicy.USUAL.age();

    @Option(
            names = "--label-images",
            defaultValue = "1000000",
            paramLabel = "N",
            description = "Images of a partition that wait for a label at most (default: ${DEFAULT-VALUE})")
    private int images = LabelPolicy.USUAL.capacity();

    /// The policy.
    ///
    /// @throws UserError that names the flag and the value
    LabelPolicy policy() {
        if (age.compareTo(Duration.ofSeconds(1)) < 0 || age.compareTo(LabelPolicy.LONGEST) > 0) {
            throw new UserError("--label-age must be 1s to 7d, not " + age.toSeconds() + "s");
        }
        if (images < 1 || images > LabelPolicy.MOST) {
            throw new UserError("--label-images must be 1 to " + LabelPolicy.MOST + ", not " + images);
        }
        return new LabelPolicy(age, images);
    }
}
