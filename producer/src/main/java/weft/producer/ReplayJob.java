package weft.producer;

import weft.producer.dataset.LabelledImages;
import weft.producer.replay.ReplayPlan;

/// What is replayed, how often and how fast.
///
/// @param perSecond images a second, 0 for as fast as it goes
public record ReplayJob(LabelledImages data, ReplayPlan plan, int epochs, double perSecond) {}
