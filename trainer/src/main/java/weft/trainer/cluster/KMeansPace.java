package weft.trainer.cluster;

import java.util.List;
import java.util.function.Consumer;

/// How k-means keeps up with its encoder: all that differs by [Follow].
///
/// @param memory images after which what was learnt weighs 1/e
/// @param stages images seen at which the window is fitted anew; the first fit is wherever the first milestone is
/// @param follows whether it wants the window wherever its interval is over, and not at the stages alone
/// @param late the fit of the stages after the first one
/// @param between what a milestone does that is no stage
record KMeansPace(
        double memory, List<Long> stages, boolean follows, Consumer<WindowFit> late, Consumer<WindowFit> between) {
    /// The first stage, which every pace has; it is fitted as the start is.
    static final long FIRST_STAGE = 2_000;

    private static final List<Long> FIXED = List.of(FIRST_STAGE, 5_000L, 10_000L);
    private static final List<Long> MOVING = List.of(FIRST_STAGE, 10_000L);

    static KMeansPace of(Follow follow) {
        return switch (follow) {
            case STILL -> new KMeansPace(20_000, FIXED, false, WindowFit::warm, _ -> {});
            case TRANSPORT -> new KMeansPace(10_000, MOVING, true, WindowFit::fresh, WindowFit::transport);
            case DECAY -> new KMeansPace(2_000, MOVING, false, WindowFit::fresh, _ -> {});
            case REFIT -> new KMeansPace(10_000, MOVING, true, WindowFit::fresh, WindowFit::anew);
        };
    }

    /// Whether a stage that was not reached yet is reached now.
    boolean due(int stage, long imagesSeen) {
        return stage < stages.size() && imagesSeen >= stages.get(stage);
    }
}
