package weft.scorer.models;

import java.util.List;
import org.jspecify.annotations.Nullable;
import weft.core.model.ModelName;
import weft.core.model.PipelineName;

/// The parts that a run plays in a place. Two are never equal, so that what is made for one is found by identity.
public final class Seating {
    private final ModelName model;
    private final List<Seat> seats;

    private Seating(ModelName model, List<Seat> seats) {
        this.model = model;
        this.seats = List.copyOf(seats);
    }

    static Seating champion(ModelName model, List<PipelineName> pipelines) {
        return new Seating(
                model,
                pipelines.stream().map(one -> Seat.champion(one, model.run())).toList());
    }

    static Seating challenger(ModelName model, List<PipelineName> pipelines, boolean published) {
        return new Seating(
                model,
                pipelines.stream()
                        .map(one -> Seat.challenger(one, model.run(), published))
                        .toList());
    }

    /// Whose snapshots play them.
    public ModelName model() {
        return model;
    }

    /// All parts.
    public List<Seat> seats() {
        return seats;
    }

    /// The part of a pipeline of the snapshots; null where it plays none.
    public @Nullable Seat of(PipelineName answers) {
        for (Seat seat : seats) {
            if (seat.answers().equals(answers)) {
                return seat;
            }
        }
        return null;
    }
}
