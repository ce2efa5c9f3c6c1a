package weft.scorer.models;

import weft.core.model.PipelineName;
import weft.scorer.quality.TallyName;

/// The part that one pipeline of a snapshot plays; the same object as long as it plays it.
///
/// @param answers the pipeline as the snapshot calls it
/// @param tally where it is counted
/// @param shown what others see it as: the champion has the plain name of its place, a challenger its own
/// @param champion whether it serves
/// @param published whether its assignments are emitted
public record Seat(PipelineName answers, TallyName tally, PipelineName shown, boolean champion, boolean published) {
    static Seat champion(PipelineName place, String run) {
        return new Seat(place.of(run), new TallyName(place, run), place, true, true);
    }

    static Seat challenger(PipelineName place, String run, boolean published) {
        return new Seat(place.of(run), new TallyName(place, run), place.of(run), false, published);
    }
}
