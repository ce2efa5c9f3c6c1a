package weft.core.metric;

import weft.core.math.Hungarian;

/// How well clusters agree with classes; defined as in scikit-learn. Without images every figure is NaN.
///
/// @param images that were counted
/// @param accuracy when each cluster stands for its most common class
/// @param accuracyHungarian when clusters and classes are matched one to one as well as possible
/// @param homogeneity 1 − H(class | cluster) / H(class) (Rosenberg and Hirschberg 2007)
/// @param completeness 1 − H(cluster | class) / H(cluster)
/// @param vMeasure harmonic mean of the two
/// @param nmi mutual information over the arithmetic mean of both entropies
/// @param ari adjusted Rand index (Hubert and Arabie 1985)
public record Quality(
        long images,
        double accuracy,
        double accuracyHungarian,
        double homogeneity,
        double completeness,
        double vMeasure,
        double nmi,
        double ari) {

    /// Measures a table.
    public static Quality of(ContingencyTable table) {
        long n = table.total();
        if (n == 0) {
            return new Quality(0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
        }
        double clusterEntropy = 0;
        for (int cluster = 0; cluster < table.clusters(); cluster++) {
            clusterEntropy += entropyTerm(table.clusterSize(cluster), n);
        }
        double classEntropy = 0;
        for (int clazz = 0; clazz < table.classes(); clazz++) {
            classEntropy += entropyTerm(table.classSize(clazz), n);
        }
        double information = Math.max(0, mutualInformation(table, n));
        double homogeneity = classEntropy == 0 ? 1 : information / classEntropy;
        double completeness = clusterEntropy == 0 ? 1 : information / clusterEntropy;
        double v = homogeneity + completeness == 0 ? 0 : 2 * homogeneity * completeness / (homogeneity + completeness);
        boolean bothTrivial = classEntropy == 0 && clusterEntropy == 0;
        double nmi = bothTrivial ? 1 : 2 * information / (classEntropy + clusterEntropy);
        return new Quality(
                n,
                accuracy(table, table.majority()),
                accuracy(table, hungarianMapping(table)),
                homogeneity,
                completeness,
                v,
                nmi,
                adjustedRandIndex(table, n));
    }

    /// Measures a table whose clusters stand for the classes that another one gives them; both accuracies are NaN
    /// where that has no images.
    public static Quality of(ContingencyTable table, ContingencyTable mapped) {
        Quality own = of(table);
        boolean unmapped = mapped.total() == 0;
        return new Quality(
                own.images,
                unmapped ? Double.NaN : accuracy(table, mapped.majority()),
                unmapped ? Double.NaN : accuracy(table, hungarianMapping(mapped)),
                own.homogeneity,
                own.completeness,
                own.vMeasure,
                own.nmi,
                own.ari);
    }

    /// The share of images whose cluster stands for their class.
    ///
    /// @param classOfCluster for each cluster its class; -1 is always wrong
    public static double accuracy(ContingencyTable table, int[] classOfCluster) {
        long right = 0;
        for (int cluster = 0; cluster < table.clusters(); cluster++) {
            right += classOfCluster[cluster] < 0 ? 0 : table.count(cluster, classOfCluster[cluster]);
        }
        return (double) right / table.total();
    }

    /// The class of each cluster when both are matched one to one as well as possible; -1 for a cluster left
    /// over.
    public static int[] hungarianMapping(ContingencyTable table) {
        double[][] common = new double[table.clusters()][table.classes()];
        for (int cluster = 0; cluster < table.clusters(); cluster++) {
            for (int clazz = 0; clazz < table.classes(); clazz++) {
                common[cluster][clazz] = table.count(cluster, clazz);
            }
        }
        int[] mapping = Hungarian.maximise(common);
        for (int cluster = 0; cluster < mapping.length; cluster++) {
            if (table.clusterSize(cluster) == 0) {
                mapping[cluster] = -1; // nothing is known of it
            }
        }
        return mapping;
    }

    private static double entropyTerm(long size, long n) {
        double p = (double) size / n;
        return size == 0 ? 0 : -p * Math.log(p);
    }

    private static double mutualInformation(ContingencyTable table, long n) {
        double sum = 0;
        for (int cluster = 0; cluster < table.clusters(); cluster++) {
            for (int clazz = 0; clazz < table.classes(); clazz++) {
                double count = table.count(cluster, clazz);
                if (count > 0) {
                    sum += count
                            / n
                            * Math.log(count * n / ((double) table.clusterSize(cluster) * table.classSize(clazz)));
                }
            }
        }
        return sum;
    }

    private static double adjustedRandIndex(ContingencyTable table, long n) {
        double cells = 0;
        double clusters = 0;
        double classes = 0;
        for (int cluster = 0; cluster < table.clusters(); cluster++) {
            clusters += pairs(table.clusterSize(cluster));
            for (int clazz = 0; clazz < table.classes(); clazz++) {
                cells += pairs(table.count(cluster, clazz));
            }
        }
        for (int clazz = 0; clazz < table.classes(); clazz++) {
            classes += pairs(table.classSize(clazz));
        }
        double expected = n < 2 ? 0 : clusters * classes / pairs(n);
        double most = (clusters + classes) / 2;
        return most == expected ? 1 : (cells - expected) / (most - expected);
    }

    private static double pairs(long n) {
        return 0.5 * n * (n - 1);
    }
}
