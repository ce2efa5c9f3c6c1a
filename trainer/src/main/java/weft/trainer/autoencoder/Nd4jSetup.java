package weft.trainer.autoencoder;

import org.nd4j.common.config.ND4JSystemProperties;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.nd4j.nativeblas.Nd4jBlas;

/// Starts ND4J quietly and on one thread: on a busy machine its threads wait for each other far longer than
/// they work.
public final class Nd4jSetup {
    static {
        System.setProperty(ND4JSystemProperties.LOG_INITIALIZATION, "false");
        Nd4jBlas blas = (Nd4jBlas) Nd4j.factory().blas();
        blas.setMaxThreads(1);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    }

    private Nd4jSetup() {}

    /// To be called before the first use of ND4J; the first call takes a second or more, the others nothing.
    public static void ensure() {}
}
