package weft.trainer.cluster;

import weft.trainer.proto.ClustererState;

/// How many training images a clusterer waits before it follows its encoder again: encoding the window costs more than
/// learning the images that came since, and a settled encoder moves little.
///
/// Where following moved the clusters little it waits twice as long as it had, where it moved them much half as long.
/// It depends on nothing but the images, so that a resumed training waits as an undisturbed one does.
final class FollowInterval {
    /// The images of a usual window.
    private static final long MOST = 10_000;

    /// What counts as waited where each milestone has been followed, or none yet.
    private static final long USUAL = 2_000;

    private long followedAt;
    private long images;

    /// Whether it is time; a milestone comes at the end of a mini-batch, which may be a little early.
    boolean due(long imagesSeen) {
        return waited(imagesSeen) >= images - images / 8;
    }

    /// Training images since it followed last.
    long waited(long imagesSeen) {
        return imagesSeen - followedAt;
    }

    /// Says that it has followed.
    ///
    /// @param moved how far that has moved the clusters, in the unit of `little`
    /// @param little what makes no difference; three times as much does
    void followed(long imagesSeen, double moved, double little) {
        long waited = images == 0 ? Math.min(USUAL, waited(imagesSeen)) : waited(imagesSeen);
        if (moved < little) {
            images = Math.max(images, Math.min(MOST, 2 * waited));
        } else if (moved > 3 * little) {
            images = Math.min(images, waited) / 2;
        }
        followedAt = imagesSeen;
    }

    /// Says that the stream has changed: the next milestone is followed.
    void shorten() {
        images = 0;
    }

    void save(ClustererState.Builder state) {
        state.setFollowedAt(followedAt).setFollowInterval(images);
    }

    void restore(ClustererState state) {
        followedAt = state.getFollowedAt();
        images = state.getFollowInterval();
    }
}
