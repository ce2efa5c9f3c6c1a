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
    private final List<Item> items = new ArrayList<>();
    private final int epochSize;

    ReplayLog(LabelledImages data, ReplayPlan plan, int epochs) {
        this.data = data;
        epochSize = plan.size();
        for (int epoch = 0; epoch < epochs; epoch++) {
            items.addAll(plan.epoch(epoch, data));
        }
    }

    /// Tells every record in the order of offsets.
    void replay(Reader reader) {
        for (int offset = 0; offset < items.size(); offset++) {
            Item item = items.get(offset);
            int epoch = offset / epochSize;
            Image image = new Image(
                    item.split(), epoch, ImageValues.of(data.describe().shape(), data.raw(item.split(), item.index())));
            reader.record(
                    image,
                    Integer.parseInt(data.label(item.split(), item.index()).orElseThrow()),
                    offset,
                    offset % epochSize == epochSize - 1);
        }
    }

    @Override
    public void read(Positions positions, Visitor visitor) {
        for (int i = 0; i < positions.size(); i++) {
            Item item = items.get(Math.toIntExact(positions.offset(i)));
            visitor.image(i, ImageValues.of(data.describe().shape(), data.raw(item.split(), item.index())));
        }
    }
}
