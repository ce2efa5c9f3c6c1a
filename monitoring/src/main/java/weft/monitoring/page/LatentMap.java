package weft.monitoring.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import smile.manifold.TSNE;
import weft.core.model.Encoder;
import weft.core.model.Snapshot;

/// Lays the codes of images out in the plane by t-SNE (van der Maaten and Hinton 2008).
final class LatentMap {
    private static final double PERPLEXITY = 30;
    private static final int ITERATIONS = 500;
    private static final int FEWEST = 150;

    private LatentMap() {}

    /// Lays out, turned so that clusters lie about where they lay before.
    ///
    /// @param before the map that is on the screen
    static Views.MapView of(Snapshot snapshot, List<SeenImage> images, Views.MapView before, long now) {
        if (images.size() < FEWEST) {
            return before;
        }
        double[][] codes = codes(snapshot, images);
        TSNE.Options options = new TSNE.Options(2, Math.min(PERPLEXITY, images.size() / 4.0), 200, 12, ITERATIONS);
        double[][] places = TSNE.fit(codes, options).coordinates();
        unit(places);
        Alignment alignment = Alignment.of(anchors(images, places, before));
        List<Views.MapPoint> points = new ArrayList<>();
        for (int i = 0; i < places.length; i++) {
            SeenImage image = images.get(i);
            Map<String, Integer> clusters = new HashMap<>();
            image.placements().forEach((pipeline, placement) -> clusters.put(pipeline, placement.cluster()));
            double x = alignment.x(places[i][0], places[i][1]);
            double y = alignment.y(places[i][0], places[i][1]);
            points.add(new Views.MapPoint(
                    image.id(), round(x), round(y), Gallery.member(image).label(), clusters));
        }
        return new Views.MapView(snapshot.model().name().toString(), snapshot.version(), now, points);
    }

    private static double[][] codes(Snapshot snapshot, List<SeenImage> images) {
        Encoder.Pass pass = snapshot.model().encoder().pass();
        int size = snapshot.model().encoder().codeSize();
        double[][] codes = new double[images.size()][size];
        for (int i = 0; i < codes.length; i++) {
            float[] code = pass.encode(ModelPictures.floats(images.get(i).values()), 0);
            for (int j = 0; j < size; j++) {
                codes[i][j] = code[j];
            }
        }
        return codes;
    }

    /// Centres at the origin and scales so that nearly everything lies within -1 to 1.
    private static void unit(double[][] places) {
        double meanX = Arrays.stream(places).mapToDouble(p -> p[0]).average().orElse(0);
        double meanY = Arrays.stream(places).mapToDouble(p -> p[1]).average().orElse(0);
        double reach = 1e-9;
        for (double[] place : places) {
            place[0] -= meanX;
            place[1] -= meanY;
            reach = Math.max(reach, Math.hypot(place[0], place[1]));
        }
        for (double[] place : places) {
            place[0] /= reach;
            place[1] /= reach;
        }
    }

    /// The middle of each cluster, then and now: single images have gone, clusters stay.
    private static List<Alignment.Pair> anchors(List<SeenImage> images, double[][] places, Views.MapView before) {
        Map<String, double[]> now = new HashMap<>();
        for (int i = 0; i < places.length; i++) {
            double[] place = places[i];
            images.get(i)
                    .placements()
                    .forEach((pipeline, placement) ->
                            add(now, pipeline + "/" + placement.cluster(), place[0], place[1]));
        }
        Map<String, double[]> then = new HashMap<>();
        before.points()
                .forEach(point -> point.clusters()
                        .forEach((pipeline, cluster) -> add(then, pipeline + "/" + cluster, point.x(), point.y())));
        List<Alignment.Pair> pairs = new ArrayList<>();
        now.forEach((cluster, sum) -> {
            double[] old = then.get(cluster);
            if (old != null) {
                pairs.add(new Alignment.Pair(sum[0] / sum[2], sum[1] / sum[2], old[0] / old[2], old[1] / old[2]));
            }
        });
        return pairs;
    }

    private static void add(Map<String, double[]> sums, String key, double x, double y) {
        double[] sum = sums.computeIfAbsent(key, _ -> new double[3]);
        sum[0] += x;
        sum[1] += y;
        sum[2]++;
    }

    private static double round(double value) {
        return Math.round(value * 1e4) / 1e4;
    }
}
