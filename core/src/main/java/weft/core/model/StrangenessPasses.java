package weft.core.model;

import java.util.ArrayList;
import java.util.List;

/// The measuring of strangeness for all snapshots of one thread: models that learnt from the same images have
/// learnt the same of them, and an image is measured once for all of those.
public final class StrangenessPasses {
    /// Beyond that the oldest is no longer offered; whoever has it goes on with it.
    private static final int MOST = 16;

    private final List<Shared> recent = new ArrayList<>();
    private long image;

    /// Says that another image comes, whose values may stand where those of the last one stood.
    public void next() {
        image++;
    }

    Shared of(Strangeness strangeness) {
        for (Shared one : recent) {
            if (one.strangeness.equals(strangeness)) {
                return one;
            }
        }
        if (recent.size() == MOST) {
            recent.removeFirst();
        }
        Shared made = new Shared(strangeness);
        recent.add(made);
        return made;
    }

    /// What measures for all snapshots with an equal strangeness.
    final class Shared {
        private final Strangeness strangeness;
        private final Strangeness.Pass pass;
        private double latest;
        private long measured = -1;

        private Shared(Strangeness strangeness) {
            this.strangeness = strangeness;
            pass = strangeness.pass();
        }

        /// Of the image at hand.
        double of(float[] values) {
            if (measured != image) {
                latest = pass.of(values, 0);
                measured = image;
            }
            return latest;
        }
    }
}
