package weft.evaluation.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import weft.evaluation.Report;
import weft.evaluation.StudyFigures;

/// Accuracy and homogeneity over K, where a family of pipelines has more than one.
final class KCharts {
    private KCharts() {}

    static void add(Page page, List<Report.PipelineFigures> pipelines, boolean studied) {
        Map<String, Map<Integer, Report.PipelineFigures>> families = new TreeMap<>();
        for (Report.PipelineFigures figures : pipelines) {
            String family = figures.pipeline().substring(0, figures.pipeline().lastIndexOf('-'));
            families.computeIfAbsent(family, _ -> new TreeMap<>()).put(figures.k(), figures);
        }
        families.values().removeIf(family -> family.size() < 2);
        if (families.isEmpty()) {
            return;
        }
        List<Charts.Line> accuracy = new ArrayList<>();
        List<Charts.Line> homogeneity = new ArrayList<>();
        families.forEach((family, byK) -> {
            List<Integer> ks = List.copyOf(byK.keySet());
            accuracy.add(new Charts.Line(
                    family,
                    ks,
                    byK.values().stream()
                            .map(figures -> figures.train().accuracy().orElse(0))
                            .toList()));
            homogeneity.add(new Charts.Line(
                    family,
                    ks,
                    byK.values().stream()
                            .map(figures -> figures.train().homogeneity().orElse(0))
                            .toList()));
            Map<Integer, StudyFigures.Figures> study = new TreeMap<>();
            ks.stream()
                    .filter(_ -> studied)
                    .forEach(k -> StudyFigures.of(family + "-" + k).ifPresent(figures -> study.put(k, figures)));
            if (study.size() > 1) {
                List<Integer> known = List.copyOf(study.keySet());
                accuracy.add(new Charts.Line(
                        family + ", study",
                        known,
                        study.values().stream()
                                .map(StudyFigures.Figures::accuracy)
                                .toList()));
                homogeneity.add(new Charts.Line(
                        family + ", study",
                        known,
                        study.values().stream()
                                .map(StudyFigures.Figures::homogeneity)
                                .toList()));
            }
        });
        page.heading("Accuracy and homogeneity over K");
        page.paragraph("Train split, final models; each cluster stands for its most common class.");
        page.chart("Accuracy over K", Charts.lines("K", "accuracy", accuracy, true));
        page.chart("Homogeneity over K", Charts.lines("K", "homogeneity", homogeneity, true));
    }
}
