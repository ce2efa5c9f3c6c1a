package weft.producer.drift;

import java.util.ArrayList;
import java.util.List;

/// An amount over the images of a replay: constant, but for steps and linear ramps; immutable.
///
/// @param before of the first step
/// @param steps by their first image; the last one that has begun counts
record Curve(double before, List<Step> steps) {
    /// @param image with which it begins, from 0
    /// @param ramp images until `to` is reached
    record Step(long image, long ramp, double from, double to) {
        private double at(long now) {
            return now - image >= ramp ? to : from + (to - from) * (now - image) / ramp;
        }
    }

    Curve {
        steps = List.copyOf(steps);
    }

    static Curve constant(double amount) {
        return new Curve(amount, List.of());
    }

    /// The curve with one more step, which starts from where the curve stands at its first image.
    ///
    /// @throws IllegalArgumentException where a later step is there already
    Curve then(When when, double to) {
        if (!steps.isEmpty() && steps.getLast().image > when.image()) {
            throw new IllegalArgumentException("steps must come in order, not " + when + " after " + steps.getLast());
        }
        List<Step> more = new ArrayList<>(steps);
        more.add(new Step(when.image(), when.ramp(), at(when.image()), to));
        return new Curve(before, more);
    }

    /// The amount for an image.
    double at(long image) {
        for (Step step : steps.reversed()) {
            if (step.image <= image) {
                return step.at(image);
            }
        }
        return before;
    }

    /// The amount after all steps.
    double last() {
        return steps.isEmpty() ? before : steps.getLast().to;
    }
}
