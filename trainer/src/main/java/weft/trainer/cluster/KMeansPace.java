package weft.trainer.cluster;

import java.util.List;
import java.util.function.Consumer;

/// How k-means keeps up with its encoder: all that differs by [Follow].
///
/// @param memory images after which what was learnt weighs 1/e
/// @param stages where the window is fitted anew; the first fit is wherever the first milestone is
/// @param follows whether it wants the window wherever its interval is over, and not at the stages alone
/// @param between what a milestone does that is no stage
record KMeansPace(double memory, List<Stage> stages, boolean follows, Consumer<WindowFit> between) {
    /// Images of the first stage, which every pace has.
    static final long FIRST_STAGE = 2_000;

    private static final Stage FIRST = new Stage(FIRST_STAGE, WindowFit::anew);
    private static final List<Stage> FIXED =
            List.of(FIRST, new Stage(5_000, WindowFit::warm), new Stage(10_000, WindowFit::settle));
    private static final List<Stage> MOVING = List.of(FIRST, new Stage(10_000, WindowFit::fresh));

    /// A fit of the window once so many images were seen.
    record Stage(long images, Consumer<WindowFit> fit) {}

    static KMeansPace of(Follow follow) {
        return switch (follow) {
            case STILL -> new KMeansPace(20_000, FIXED, false, _ -> {});
            case TRANSPORT -> new KMeansPace(10_000, MOVING, true, WindowFit::transport);
            case DECAY -> new KMeansPace(2_000, MOVING, false, _ -> {});
            case REFIT -> new KMeansPace(10_000, MOVING, true, WindowFit::anew);
        };
    }

    /// Whether a stage that was not reached yet is reached now.
    boolean due(int stage, long imagesSeen) {
        return stage < stages.size() && imagesSeen >= stages.get(stage).images();
    }
}
