package weft.monitoring;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import weft.kafka.service.Following;
import weft.kafka.service.ForeignRecords;
import weft.kafka.service.Service;
import weft.kafka.service.ServiceContext;
import weft.kafka.service.Supervised;
import weft.kafka.service.Trouble;
import weft.kafka.wire.QualityEvent;
import weft.kafka.wire.QualityFigures.OfSlice;
import weft.kafka.wire.QualityFigures.Slice;
import weft.kafka.wire.QualityFigures.Span;

/// Follows the quality topic and keeps the newest figures of every pipeline.
public final class QualityWatch implements Service {
    private static final Logger LOG = LoggerFactory.getLogger(QualityWatch.class);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Map<String, QualityEvent> newest = new ConcurrentSkipListMap<>();
    private final Supervised loop;

    private QualityWatch(ServiceContext context) {
        TopicPartition partition = new TopicPartition(context.topics().quality(), 0);
        loop = Supervised.start(
                "quality-watch",
                () -> new Following<>(context.kafka().consumer(Map.of())).begin(consumer -> {
                    consumer.assign(List.of(partition));
                    consumer.seekToBeginning(List.of(partition));
                    return () -> consumer.poll(POLL).forEach(this::accept);
                }),
                Trouble.metered("quality watch", context.clock(), context.meters()),
                context.onFailure());
    }

    /// Starts to follow, from the topic's beginning.
    public static QualityWatch start(ServiceContext context) {
        return new QualityWatch(context);
    }

    private void accept(ConsumerRecord<String, byte[]> record) {
        ForeignRecords.parsed(record, one -> QualityEvent.fromJson(one.value()), LOG)
                .ifPresent(event -> newest.put(event.pipeline(), event));
    }

    /// For people, what each pipeline has reached; empty before the first figures.
    public List<String> summary() {
        return newest.values().stream().map(QualityWatch::summary).toList();
    }

    static String summary(QualityEvent event) {
        return String.format(
                Locale.ROOT,
                "%s acc %s hom %s",
                event.pipeline(),
                decimal(event.value(OfSlice.ACCURACY.of(Slice.PREQUENTIAL, Span.LIFE))),
                decimal(event.value(OfSlice.HOMOGENEITY.of(Slice.PREQUENTIAL, Span.LIFE))));
    }

    private static String decimal(OptionalDouble figure) {
        return figure.isPresent()
                ? String.format(Locale.ROOT, "%.3f", figure.getAsDouble()).replaceFirst("^0", "")
                : "-";
    }

    @Override
    public String name() {
        return "quality watch";
    }

    @Override
    public boolean live() {
        return loop.alive();
    }

    @Override
    public boolean ready() {
        return live();
    }

    @Override
    public void close() {
        loop.close();
    }
}
