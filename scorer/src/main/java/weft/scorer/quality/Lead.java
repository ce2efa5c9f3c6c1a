package weft.scorer.quality;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import weft.core.metric.ContingencyTable;

/// Whether one figure leads another by more than chance: the percentile interval of the bootstrap (Efron and
/// Tibshirani, An Introduction to the Bootstrap, 1993, chapter 13).
///
/// @param low and `high` hold 95 % of the resampled differences
public record Lead(double low, double high) {
    private static final int RESAMPLES = 400;
    private static final double TAIL = 0.025;

    /// From this mean on a Poisson number is as good as a normal one.
    private static final long NORMAL_FROM = 50;

    /// Of a figure of two tables, each of whose images is drawn anew, with replacement. Both are drawn by themselves:
    /// where they are of the same images this makes the interval wider than need be, and never narrower.
    public static Lead of(
            ContingencyTable challenger,
            ContingencyTable champion,
            ToDoubleFunction<ContingencyTable> figure,
            Random random) {
        double[] differences = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            differences[i] = figure.applyAsDouble(resampled(challenger, random))
                    - figure.applyAsDouble(resampled(champion, random));
        }
        return of(differences);
    }

    /// Of the mean of differences that were measured one after the other, each over some images.
    public static Lead of(List<Double> measured, Random random) {
        double[] differences = new double[RESAMPLES];
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < measured.size(); j++) {
                sum += measured.get(random.nextInt(measured.size()));
            }
            differences[i] = sum / measured.size();
        }
        return of(differences);
    }

    private static Lead of(double[] differences) {
        Arrays.sort(differences);
        int cut = (int) (TAIL * differences.length);
        return new Lead(differences[cut], differences[differences.length - 1 - cut]);
    }

    /// Whether the sign of the difference is beyond chance.
    ///
    /// @param falls whether lower is better
    public boolean real(boolean falls) {
        return falls ? high < 0 : low > 0;
    }

    /// Each image is drawn a Poisson(1) number of times, so a cell of n images is drawn Poisson(n) times: the Poisson
    /// bootstrap (Hanley and MacGibbon 2006), whose cost does not grow with the images.
    private static ContingencyTable resampled(ContingencyTable table, Random random) {
        long[][] rows = new long[table.clusters()][table.classes()];
        for (int cluster = 0; cluster < rows.length; cluster++) {
            for (int clazz = 0; clazz < table.classes(); clazz++) {
                rows[cluster][clazz] = poisson((double) table.count(cluster, clazz), random);
            }
        }
        return ContingencyTable.of(rows);
    }

    private static long poisson(double mean, Random random) {
        if (mean > NORMAL_FROM) {
            return Math.max(0, Math.round(mean + Math.sqrt(mean) * random.nextGaussian()));
        }
        // Knuth, The Art of Computer Programming 2, 3.4.1.
        double limit = Math.exp(-mean);
        double product = random.nextDouble();
        long count = 0;
        while (product > limit) {
            product *= random.nextDouble();
            count++;
        }
        return count;
    }
}
