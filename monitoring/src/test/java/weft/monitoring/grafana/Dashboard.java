package weft.monitoring.grafana;

import static weft.monitoring.grafana.Panel.Kind.BARS;
import static weft.monitoring.grafana.Panel.Kind.HEATMAP;
import static weft.monitoring.grafana.Panel.Kind.MATRIX;
import static weft.monitoring.grafana.Panel.Kind.NUMBER;
import static weft.monitoring.grafana.Panel.Kind.PICTURES;

import java.util.List;

/// The dashboards.
///
/// @param file without its ending; also the dashboard's uid
/// @param byPipeline whether a variable chooses the pipelines, and another the one whose clusters are shown
record Dashboard(String file, String title, String description, boolean byPipeline, List<Section> sections) {
    /// A row of panels with a title.
    record Section(String title, List<Panel> panels) {}

    private static final String EVIDENCE = " Prequential: not yet learnt from. Trained: already learnt from. Test:"
            + " never learnt from. Never mix them.";
    private static final String ACCURACY = "Share of images whose cluster's most common class is their own." + EVIDENCE;
    private static final String HOMOGENEITY = "1 when every cluster holds one class only." + EVIDENCE;
    private static final String NMI = "Mutual information of clusters and classes, normalised by the arithmetic mean of"
            + " their entropies." + EVIDENCE;

    static final List<Dashboard> ALL = List.of(clustering(), stream(), runtime());

    private static Panel quality(String title, String figure, String description) {
        return Panel.lines(
                title,
                "percentunit",
                description,
                "weft_quality{pipeline=~\"$pipeline\",figure=~\"${evidence}" + figure + "\"}",
                "{{pipeline}} {{figure}}");
    }

    private static Dashboard clustering() {
        return new Dashboard(
                "weft-clustering",
                "Weft: clustering",
                "How good the clusters are",
                true,
                List.of(
                        new Section(
                                "The last 10,000 labelled images",
                                List.of(
                                        quality("Accuracy, window", "WindowAccuracy", ACCURACY),
                                        quality("Homogeneity, window", "WindowHomogeneity", HOMOGENEITY),
                                        quality("NMI, window", "WindowNmi", NMI))),
                        new Section(
                                "Since the start",
                                List.of(
                                        quality("Accuracy", "Accuracy", ACCURACY),
                                        quality("Homogeneity", "Homogeneity", HOMOGENEITY),
                                        quality("NMI", "Nmi", NMI))),
                        new Section(
                                "Without labels",
                                List.of(
                                        Panel.lines(
                                                "Autoencoder loss",
                                                "none",
                                                "Binary cross-entropy of a pixel in nats; validation is on test images,"
                                                        + " which no training sees.",
                                                "weft_trainer_loss{loss=~\"train.bce|validation.bce\"}",
                                                "{{model}} {{loss}}"),
                                        Panel.lines(
                                                "What clusterers optimise",
                                                "none",
                                                "Mean squared distance of k-means, mean log-likelihood of a mixture, since"
                                                        + " the last milestone.",
                                                "weft_trainer_loss{loss=~\".*inertia|.*loglikelihood\"}",
                                                "{{loss}}"),
                                        Panel.lines(
                                                "Simplified silhouette",
                                                "none",
                                                "1 − distance to the own centroid / distance to the next; higher is better"
                                                        + " separated. k-means only.",
                                                "weft_quality{pipeline=~\"$pipeline\",figure=\"simplifiedSilhouette\"}",
                                                "{{pipeline}}"))),
                        new Section(
                                "Clusters of $shown",
                                List.of(
                                        Panel.of(
                                                PICTURES,
                                                "What clusters stand for",
                                                "short",
                                                "Each cluster's centre, drawn by the live page, and the images put into it"
                                                        + " since the start; pipelines of up to 64 clusters.",
                                                "sum by (cluster, picture) (label_replace(weft_cluster_images{pipeline=\"$shown\"},"
                                                        + " \"picture\", \"$page/clusters/$shown/$1.png\", \"cluster\", \"0?(.+)\"))",
                                                ""),
                                        Panel.of(
                                                BARS,
                                                "Cluster sizes",
                                                "percentunit",
                                                "Share of the images since the start.",
                                                "weft_cluster_images{pipeline=\"$shown\"}"
                                                        + " / on() group_left() sum(weft_cluster_images{pipeline=\"$shown\"})",
                                                "{{cluster}}"),
                                        Panel.of(
                                                MATRIX,
                                                "Confusion matrix",
                                                "short",
                                                "Labelled images of the window by cluster and true class.",
                                                "sum by (cluster, label) (weft_confusion_images{pipeline=\"$shown\"})",
                                                ""))),
                        new Section(
                                "What happened",
                                List.of(
                                        Panel.lines(
                                                "Events",
                                                "short",
                                                "What trainers have raised since they began, by kind: drift and its end,"
                                                        + " clusters born, gone, split and merged, trainings that diverged.",
                                                "sum by (kind) (weft_trainer_events_total)",
                                                "{{kind}}"),
                                        Panel.lines(
                                                "Drift going on",
                                                "short",
                                                "1 from a drift of the stream until it is over, as each model sees it.",
                                                "weft_trainer_drifting",
                                                "{{model}}"))),
                        new Section(
                                "Models",
                                List.of(
                                        Panel.lines(
                                                "Version in use",
                                                "short",
                                                "Training images that the snapshot in use has seen.",
                                                "weft_scorer_model_version",
                                                "{{model}}"),
                                        Panel.lines(
                                                "Age of the snapshot in use",
                                                "s",
                                                "Since its publication.",
                                                "time() - weft_scorer_model_published_seconds",
                                                "{{model}}"),
                                        Panel.lines(
                                                "Drift of the latent space",
                                                "percentunit",
                                                "Mean squared move of an image's code from one milestone to the next, as a"
                                                        + " share of the codes' variance.",
                                                "weft_trainer_latent_drift_ratio{model!=\"raw\"}",
                                                "{{model}}"),
                                        Panel.lines(
                                                "Dead clusters put elsewhere",
                                                "short",
                                                "Clusters that lost their images and were seeded again, since the start.",
                                                "weft_trainer_reseeds",
                                                "{{pipeline}}")))));
    }

    private static Dashboard stream() {
        String rate = "[$__rate_interval]";
        return new Dashboard(
                "weft-stream",
                "Weft: stream",
                "What flows, how fast, and what did not",
                false,
                List.of(
                        new Section(
                                "Flow",
                                List.of(
                                        Panel.lines(
                                                "Images per second",
                                                "short",
                                                "Produced by the replay, learnt from by each model, scored.",
                                                "sum(rate(weft_producer_images_total" + rate + "))",
                                                "produced",
                                                "sum by (model) (rate(weft_trainer_images_total" + rate + "))",
                                                "learnt by {{model}}",
                                                "sum(rate(weft_scorer_images_total" + rate + "))",
                                                "scored"),
                                        Panel.lines(
                                                "Assignments per second",
                                                "short",
                                                "Records emitted, by pipeline.",
                                                "sum by (pipeline) (rate(weft_scorer_assignments_total" + rate + "))",
                                                "{{pipeline}}"),
                                        Panel.lines(
                                                "Event age",
                                                "s",
                                                "Age of the image handled last: the lag that counts. It stands still"
                                                        + " while nothing comes.",
                                                "weft_scorer_event_age_seconds",
                                                "scorer {{instance}}",
                                                "weft_trainer_event_age_seconds",
                                                "trainer of {{model}}"))),
                        new Section(
                                "Latency",
                                List.of(
                                        Panel.lines(
                                                "From due to assigned",
                                                "s",
                                                "Quantiles of the time from an image's due time to its assignments.",
                                                "histogram_quantile(0.5, sum by (le) (rate(weft_scorer_latency_seconds_bucket"
                                                        + rate + ")))",
                                                "p50",
                                                "histogram_quantile(0.99, sum by (le) (rate(weft_scorer_latency_seconds_bucket"
                                                        + rate + ")))",
                                                "p99"),
                                        Panel.of(
                                                HEATMAP,
                                                "Latency histogram",
                                                "s",
                                                "Images by their latency.",
                                                "sum by (le) (increase(weft_scorer_latency_seconds_bucket" + rate
                                                        + "))",
                                                "{{le}}"),
                                        Panel.lines(
                                                "Milestones",
                                                "s",
                                                "Mean time to encode the window and to fit the clusterers to it.",
                                                "weft_trainer_milestone_seconds_sum / (weft_trainer_milestone_seconds_count > 0)",
                                                "{{model}}"))),
                        new Section(
                                "What went wrong",
                                List.of(
                                        Panel.of(
                                                NUMBER,
                                                "Dead letters",
                                                "short",
                                                "Records that were no images or no labels, since the start.",
                                                "sum(weft_scorer_dead_letters_total)",
                                                "dead letters"),
                                        Panel.of(
                                                NUMBER,
                                                "Refused snapshots",
                                                "short",
                                                "By reason, since the start; the last good one stays in use.",
                                                "sum by (reason) (weft_scorer_snapshots_refused_total)",
                                                "{{reason}}"),
                                        Panel.of(
                                                NUMBER,
                                                "Diverged trainings",
                                                "short",
                                                "Models whose training has ended because its numbers blew up.",
                                                "sum(weft_trainer_diverged)",
                                                "diverged"))),
                        new Section(
                                "Labels and restarts",
                                List.of(
                                        Panel.lines(
                                                "Late labels",
                                                "short",
                                                "Labels that came apart from their images, by what became of them, and the"
                                                        + " images that wait for one.",
                                                "sum by (outcome) (weft_scorer_labels_total)",
                                                "{{outcome}}",
                                                "sum(weft_scorer_awaiting_images)",
                                                "images waiting"),
                                        Panel.lines(
                                                "Restarts in the last hour",
                                                "short",
                                                "How often each process started again.",
                                                "changes(process_start_time_seconds[1h])",
                                                "{{job}} {{instance}}"),
                                        Panel.lines(
                                                "Rebalances",
                                                "short",
                                                "Successful rebalances of consumer groups, since the start.",
                                                "sum(kafka_consumer_coordinator_rebalance_total)",
                                                "rebalances")))));
    }

    private static Dashboard runtime() {
        String rate = "[$__rate_interval]";
        return new Dashboard(
                "weft-runtime",
                "Weft: runtime",
                "The JVMs, Kafka's clients, Kafka Streams and the brokers",
                false,
                List.of(
                        new Section(
                                "JVM",
                                List.of(
                                        Panel.lines(
                                                "CPU",
                                                "percentunit",
                                                "Share of the machine's processors that each process uses.",
                                                "process_cpu_usage",
                                                "{{job}} {{instance}}"),
                                        Panel.lines(
                                                "Memory",
                                                "bytes",
                                                "Used, heap and the rest.",
                                                "sum by (instance, area) (jvm_memory_used_bytes)",
                                                "{{instance}} {{area}}"),
                                        Panel.lines(
                                                "Garbage collection",
                                                "percentunit",
                                                "Share of time that it pauses.",
                                                "sum by (instance) (rate(jvm_gc_pause_seconds_sum" + rate + "))",
                                                "{{instance}}"))),
                        new Section(
                                "Kafka clients",
                                List.of(
                                        Panel.lines(
                                                "Records consumed per second",
                                                "short",
                                                "By client.",
                                                "sum by (client_id) (rate(kafka_consumer_fetch_manager_records_consumed_total"
                                                        + rate + "))",
                                                "{{client_id}}"),
                                        Panel.lines(
                                                "Records sent per second",
                                                "short",
                                                "By client.",
                                                "sum by (client_id) (rate(kafka_producer_record_send_total" + rate
                                                        + "))",
                                                "{{client_id}}"),
                                        Panel.lines(
                                                "Records that could not be sent",
                                                "short",
                                                "After all retries, since the start; the services end or start again then.",
                                                "sum by (client_id) (kafka_producer_record_error_total)",
                                                "{{client_id}}"))),
                        new Section(
                                "Kafka Streams",
                                List.of(
                                        Panel.lines(
                                                "Commit latency",
                                                "ms",
                                                "Mean time of a commit, which ends a transaction, by thread.",
                                                "kafka_stream_thread_commit_latency_avg",
                                                "{{thread_id}}"),
                                        Panel.lines(
                                                "Stream threads",
                                                "short",
                                                "Alive, and failed since the start.",
                                                "sum by (instance) (kafka_stream_alive_stream_threads)",
                                                "alive {{instance}}",
                                                "sum by (instance) (kafka_stream_failed_stream_threads_total)",
                                                "failed {{instance}}"),
                                        Panel.lines(
                                                "Process latency",
                                                "ms",
                                                "Mean time of processing a batch of records, by thread.",
                                                "kafka_stream_thread_process_latency_avg",
                                                "{{thread_id}}"))),
                        new Section(
                                "Brokers",
                                List.of(
                                        Panel.lines(
                                                "Brokers and partitions in trouble",
                                                "short",
                                                "Brokers that answer, and partitions of Weft's topics without a leader or"
                                                        + " with replicas that lag behind.",
                                                "weft_kafka_brokers",
                                                "brokers",
                                                "sum by (state) (weft_kafka_partitions)",
                                                "{{state}}"),
                                        Panel.lines(
                                                "Records written per second",
                                                "short",
                                                "Growth of the end offsets by topic, markers of transactions included.",
                                                "clamp_min(deriv(weft_kafka_end_offset" + rate + "), 0)",
                                                "{{topic}}"),
                                        Panel.lines(
                                                "Topics on disk",
                                                "bytes",
                                                "What each topic takes, every replica counted.",
                                                "weft_kafka_topic_bytes",
                                                "{{topic}}"))),
                        new Section(
                                "How quickly the brokers answer",
                                List.of(
                                        Panel.lines(
                                                "Answer to a send",
                                                "ms",
                                                "Mean request latency that each producing client sees.",
                                                "kafka_producer_request_latency_avg",
                                                "{{client_id}}"),
                                        Panel.lines(
                                                "Answer to a question",
                                                "s",
                                                "Mean time to tell about brokers, topics and disks.",
                                                "weft_kafka_answer_seconds_sum / (weft_kafka_answer_seconds_count > 0)",
                                                "{{instance}}")))));
    }
}
