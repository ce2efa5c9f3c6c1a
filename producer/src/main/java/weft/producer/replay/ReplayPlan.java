package weft.producer.replay;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import weft.core.image.Split;
import weft.producer.dataset.LabelledImages;
import weft.producer.drift.ClassCounts;
import weft.producer.drift.Drift;
import weft.producer.drift.Drifts;

/// Which images a replay sends in which order; a function of the options and the data alone.
///
/// @param train images of the train split, the first of the files
/// @param test images of the test split, the first of the files
/// @param data checksum of these images, of their shape and their labels
/// @param drifts how the stream changes on its way
public record ReplayPlan(Order order, long seed, int train, int test, String data, Drifts drifts) {
    /// Digits by their value, as shorter ones come first; images without a label before all.
    private static final Comparator<String> NUMBERS_FIRST =
            Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

    /// One image of the data set.
    public record Item(Split split, int index) {
        /// The id, which is the record's key: `train-00042`.
        public String id() {
            String digits = Integer.toString(index);
            return split.id() + "-" + "0".repeat(Math.max(0, 5 - digits.length())) + digits;
        }
    }

    /// A plan over the first images of the files, which change nowhere.
    ///
    /// @param limit as below
    /// @throws IllegalArgumentException where the limit is negative
    public static ReplayPlan of(Order order, long seed, int limit, LabelledImages data) {
        return of(order, seed, limit, data, List.of());
    }

    /// A plan over the first images of the files.
    ///
    /// @param limit images of both splits together, in their proportion; 0 for all
    /// @param drifts in the order in which they are applied to an image
    /// @throws IllegalArgumentException where the limit is negative, or a drift does not fit the data
    public static ReplayPlan of(Order order, long seed, int limit, LabelledImages data, List<Drift> drifts) {
        if (limit < 0) {
            throw new IllegalArgumentException("limit must be at least 0, not " + limit);
        }
        int train = data.size(Split.TRAIN);
        int test = data.size(Split.TEST);
        if (limit > 0 && limit < train + test) {
            int fewerTests = (int) ((long) limit * test / (train + test));
            train = limit - fewerTests;
            test = fewerTests;
        }
        Drifts checked = drifts.isEmpty()
                ? Drifts.none()
                : Drifts.of(drifts, seed, data.describe().shape(), counts(data, train, test));
        return new ReplayPlan(order, seed, train, test, checksum(data, train, test), checked);
    }

    private static ClassCounts counts(LabelledImages data, int train, int test) {
        Map<String, Integer> images = new HashMap<>();
        for (Split split : Split.values()) {
            for (int i = 0; i < (split == Split.TRAIN ? train : test); i++) {
                images.merge(data.label(split, i).orElse(""), 1, Integer::sum);
            }
        }
        return new ClassCounts(data.describe().classes(), images);
    }

    private static String checksum(LabelledImages data, int train, int test) {
        CRC32C sum = new CRC32C();
        add(sum, data.describe().shape().toString());
        for (Split split : Split.values()) {
            int images = split == Split.TRAIN ? train : test;
            for (int i = 0; i < images; i++) {
                sum.update(data.raw(split, i));
                add(sum, data.label(split, i).orElse(""));
            }
        }
        return HexFormat.of().toHexDigits((int) sum.getValue());
    }

    private static void add(CRC32C sum, String text) {
        sum.update(text.getBytes(StandardCharsets.UTF_8));
        sum.update(0);
    }

    /// Images of one epoch.
    public int size() {
        return train + test;
    }

    /// Names the plan, so that a replay that was cut is recognised.
    ///
    /// @param partitions of the topic: they say which image goes where
    public String fingerprint(int partitions) {
        String stream = order.id() + "/" + seed + "/" + train + "+" + test + "/" + data + "/" + partitions;
        return drifts.isEmpty() ? stream : stream + "/" + drifts;
    }

    /// The items of an epoch in their order, the test images interleaved in proportion.
    public List<Item> epoch(int epoch, LabelledImages data) {
        List<Integer> trainOrder = split(Split.TRAIN, train, epoch, data);
        List<Integer> testOrder = split(Split.TEST, test, epoch, data);
        List<Item> items = new ArrayList<>(size());
        int sentTests = 0;
        for (int i = 0; i < size(); i++) {
            // After i + 1 images, that share of the test images must have been sent.
            long dueTests = (long) (i + 1) * test / size();
            if (sentTests < dueTests) {
                items.add(new Item(Split.TEST, testOrder.get(sentTests++)));
            } else {
                items.add(new Item(Split.TRAIN, trainOrder.get(i - sentTests)));
            }
        }
        return items;
    }

    /// The items of an epoch that are sent: those that no drift leaves out.
    ///
    /// @param before images that the epochs before send
    List<Item> sent(int epoch, long before, LabelledImages data) {
        List<Item> items = epoch(epoch, data);
        if (!drifts.leavesOut()) {
            return items;
        }
        List<Item> kept = new ArrayList<>();
        for (Item item : items) {
            String label = data.label(item.split(), item.index()).orElse("");
            if (drifts.keeps(item.id(), epoch, label, before + kept.size())) {
                kept.add(item);
            }
        }
        return kept;
    }

    /// Training images that the first epoch sends.
    public int firstTrain(LabelledImages data) {
        return drifts.leavesOut()
                ? (int) sent(0, 0, data).stream()
                        .filter(item -> item.split() == Split.TRAIN)
                        .count()
                : train;
    }

    private List<Integer> split(Split split, int count, int epoch, LabelledImages data) {
        List<Integer> indexes =
                new ArrayList<>(IntStream.range(0, count).boxed().toList());
        switch (order) {
            case FILE -> {}
            case SHUFFLED -> {
                long stream = 2L * epoch + (split == Split.TEST ? 1 : 0);
                Collections.shuffle(indexes, new Random(seed * 1_000_003 + stream));
            }
            case BY_CLASS ->
                indexes.sort(
                        Comparator.comparing(index -> data.label(split, index).orElse(""), NUMBERS_FIRST));
        }
        return indexes;
    }
}
