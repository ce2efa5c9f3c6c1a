package weft.trainer.learn;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import weft.core.image.ImageValues;
import weft.trainer.proto.Checkpoint;

class FamiliarTest {
    private static final int BATCH = 64;

    private final RecentImages window = new RecentImages(Plans.GREY, 300, 0);
    private final PublishPolicy policy = new PublishPolicy(2_000, Duration.ofSeconds(10));
    private final List<Long> looks = new ArrayList<>();
    private final List<Long> fits = new ArrayList<>();
    private Familiar familiar = new Familiar(Plans.GREY, 1);

    FamiliarTest() {
        Random random = new Random(1);
        for (int i = 0; i < 300; i++) {
            byte[] pixels = new byte[784];
            random.nextBytes(pixels);
            window.add(0, i, ImageValues.of(Plans.GREY, pixels));
        }
    }

    /// As a training goes, by mini-batches.
    private void learn(long from, long to) {
        for (long before = from / BATCH * BATCH; before + BATCH <= to; before += BATCH) {
            long seen = before + BATCH;
            if (!policy.milestone(before, seen)) {
                continue;
            }
            if (familiar.milestone(window, seen)) {
                looks.add(seen);
            }
            Checkpoint.Builder saved = Checkpoint.newBuilder();
            familiar.save(saved);
            if (saved.getStrangenessAt() == seen) {
                fits.add(seen);
            }
        }
    }

    private static List<Long> gaps(List<Long> counts) {
        List<Long> gaps = new ArrayList<>();
        for (int i = 1; i < counts.size(); i++) {
            gaps.add(counts.get(i) - counts.get(i - 1));
        }
        return gaps;
    }

    @Test
    void aFitServesForATenthOfWhatHasBeenSeenAndLooksGoOn() {
        learn(0, 1_000_000);

        assertThat(fits).startsWith(512L, 2_048L, 5_056L, 12_032L, 24_000L, 34_048L, 46_016L);
        assertThat(gaps(looks).subList(4, looks.size() - 1))
                .allSatisfy(gap -> assertThat(gap).isBetween(10_000L, 12_064L));
        for (int i = 5; i < fits.size(); i++) {
            long serves = Math.clamp(fits.get(i - 1) / 10, 10_000, 50_000);
            assertThat(fits.get(i) - fits.get(i - 1))
                    .as("behind %s", fits.get(i - 1))
                    .isBetween(serves, serves + 12_064);
        }
        assertThat(fits).hasSizeLessThan(45);
    }

    @Test
    void behindAChangeFitsServeAsShortAsAtFirst() {
        learn(0, 600_000);
        familiar.changed(600_000);
        fits.clear();
        learn(600_000, 700_000);
        assertThat(gaps(fits))
                .hasSizeGreaterThan(6)
                .allSatisfy(gap -> assertThat(gap).isBetween(10_000L, 12_064L));

        familiar.forget();
        fits.clear();
        learn(700_000, 710_000);
        assertThat(fits).startsWith(700_032L);
    }

    @Test
    void aTrainingThatGoesOnFitsAtTheSameCounts() {
        learn(0, 420_000);
        familiar.changed(200_000);
        Checkpoint.Builder saved = Checkpoint.newBuilder();
        familiar.save(saved);
        learn(420_000, 600_000);
        List<Long> undisturbed = List.copyOf(fits);
        fits.removeIf(count -> count > 420_000);

        familiar = new Familiar(Plans.GREY, 1);
        familiar.restore(saved.build());
        learn(420_000, 600_000);

        assertThat(fits).isEqualTo(undisturbed);
    }

    @Test
    void anOlderCheckpointHasLookedWhereItFitted() {
        learn(0, 40_000);
        Checkpoint.Builder saved = Checkpoint.newBuilder();
        familiar.save(saved);
        looks.clear();

        familiar = new Familiar(Plans.GREY, 1);
        familiar.restore(saved.clearLookedAt().clearChangedAt().build());
        learn(40_000, 60_000);

        assertThat(looks).containsExactly(46_016L, 58_048L);
    }
}
