package weft.trainer.imsat;

/// What is assumed about the sizes of the clusters.
enum Prior {
    /// All are as large.
    UNIFORM,
    /// Half uniform, half as large as the network has found them so far.
    ESTIMATED;

    private static final double SHARE = .5;

    /// The logarithm of each cluster's assumed probability relative to 1 / K.
    double[] relativeTo(double[] marginal) {
        int k = marginal.length;
        double[] log = new double[k];
        if (this == ESTIMATED) {
            for (int c = 0; c < k; c++) {
                log[c] = Math.log(1 - SHARE + SHARE * k * marginal[c]);
            }
        }
        return log;
    }
}
