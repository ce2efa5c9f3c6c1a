package weft.monitoring.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import weft.core.model.PipelineName;

/// The clusters of one pipeline, counted over recent images.
final class Gallery {
    private final PipelineName pipeline;
    private final int[] sizes;
    private final List<Map<Integer, Integer>> labels = new ArrayList<>();
    private final @Nullable String[] names;
    private final List<List<Views.Member>> newest = new ArrayList<>();
    private int window;

    private Gallery(PipelineName pipeline) {
        this.pipeline = pipeline;
        sizes = new int[pipeline.k()];
        names = new String[pipeline.k()];
        for (int i = 0; i < pipeline.k(); i++) {
            newest.add(new ArrayList<>());
            labels.add(new TreeMap<>());
        }
    }

    /// Counts images, newest first.
    ///
    /// @param most members of a cluster to keep
    static Gallery of(PipelineName pipeline, List<SeenImage> newestFirst, int most) {
        Gallery gallery = new Gallery(pipeline);
        String name = pipeline.toString();
        for (SeenImage image : newestFirst) {
            Placement placement = image.placements().get(name);
            if (placement != null && placement.cluster() >= 0 && placement.cluster() < pipeline.k()) {
                gallery.count(image, placement, most);
            }
        }
        return gallery;
    }

    private void count(SeenImage image, Placement placement, int most) {
        int cluster = placement.cluster();
        window++;
        sizes[cluster]++;
        image.label().ifPresent(label -> labels.get(cluster).merge(label, 1, Integer::sum));
        if (names[cluster] == null) {
            names[cluster] = placement.clusterName().orElse(null);
        }
        if (newest.get(cluster).size() < most) {
            newest.get(cluster).add(member(image));
        }
    }

    static Views.Member member(SeenImage image) {
        return new Views.Member(
                image.id(), image.label().isPresent() ? image.label().getAsInt() : null);
    }

    /// Images that were counted.
    int window() {
        return window;
    }

    List<Views.Member> newest(int cluster) {
        return List.copyOf(newest.get(cluster));
    }

    /// The clusters from `from` on, at most so many, in the order of their ids.
    List<Views.ClusterView> clusters(int from, int most) {
        List<Views.ClusterView> views = new ArrayList<>();
        for (int c = from; c < Math.min(pipeline.k(), from + most); c++) {
            views.add(new Views.ClusterView(
                    c, names[c], sizes[c], new TreeMap<>(labels.get(c)), List.copyOf(newest.get(c))));
        }
        return views;
    }
}
