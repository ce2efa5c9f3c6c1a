package weft.benchmarks.study;

import java.util.ArrayList;
import java.util.List;
import weft.core.image.Image;
import weft.core.image.ImageValues;
import weft.producer.dataset.LabelledImages;
import weft.producer.replay.ReplayPlan;
import weft.producer.replay.ReplayPlan.Item;
import weft.trainer.learn.ImageLog;

/// A replay as it would stand on a topic of one partition: its offsets, without the broker.
final class ReplayLog implements ImageLog {
    /// Takes one record.
    interface Reader {
        void record(Image image, int label, long offset, boolean endsEpoch);
    }

    private final LabelledImages data;
    private final ReplayPlan plan;
    private final List<Sent> items = new ArrayList<>();

    /// @param ends whether it is the last of its epoch
    private record Sent(Item item, int epoch, boolean ends) {}

    ReplayLog(LabelledImages data, ReplayPlan plan, int epochs) {
        this.data = data;
        this.plan = plan;
        for (int epoch = 0; epoch < epochs; epoch++) {
            List<Item> sent = plan.sent(epoch, items.size(), data);
            for (int i = 0; i < sent.size(); i++) {
                items.add(new Sent(sent.get(i), epoch, i == sent.size() - 1));
            }
        }
    }

    /// Images of all epochs.
    int size() {
        return items.size();
    }

    /// Tells every record in the order of offsets.
    void replay(Reader reader) {
        for (int offset = 0; offset < items.size(); offset++) {
            replay(offset, reader);
        }
    }

    /// Tells one record.
    void replay(int offset, Reader reader) {
        Sent sent = items.get(offset);
        Item item = sent.item();
        reader.record(
                new Image(item.split(), sent.epoch(), values(offset)),
                Integer.parseInt(data.label(item.split(), item.index()).orElseThrow()),
                offset,
                sent.ends());
    }

    @Override
    public void read(Positions positions, Visitor visitor) {
        for (int i = 0; i < positions.size(); i++) {
            visitor.image(i, values(Math.toIntExact(positions.offset(i))));
        }
    }

    private ImageValues values(int offset) {
        Sent sent = items.get(offset);
        Item item = sent.item();
        byte[] raw = plan.drifts()
                .at(offset)
                .apply(data.describe().shape(), data.raw(item.split(), item.index()), item.id(), sent.epoch());
        return ImageValues.of(data.describe().shape(), raw);
    }
}
