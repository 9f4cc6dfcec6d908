package dev.dromedary.report;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * One figure over a span. Where nothing is known of it all values are null.
 *
 * @param count   messages or attempts that it is of, or null where it is of none; never how many samples there are
 * @param samples steps of which it is known
 * @param average of all messages where it is a share or a time, else of the steps
 * @param stdDev  of the steps, 0 of one
 */
public record MetricSummary(Metric metric, @Nullable Long count, int samples, @Nullable Double average, @Nullable Double min, @Nullable Double max,
        @Nullable Double stdDev, @Nullable Double latest, Course course) {

    static MetricSummary of(Timeline timeline, Metric metric) {
        List<Step> known = timeline.known();
        double[] values = known.stream().mapToDouble(metric::of).filter(Double::isFinite).toArray();
        Course course = Course.of(timeline, metric);
        Long count = known.isEmpty() ? null : metric.messages(timeline.total());
        if (values.length == 0) {
            return new MetricSummary(metric, count, 0, null, null, null, null, null, course);
        }
        DoubleSummaryStatistics all = DoubleStream.of(values).summaryStatistics();
        double mean = all.getAverage();
        double squares = DoubleStream.of(values).map(value -> (value - mean) * (value - mean)).sum();
        double average = metric.over(known);
        return new MetricSummary(metric, count, values.length, Double.isFinite(average) ? average : null, all.getMin(), all.getMax(),
                values.length == 1 ? 0 : Math.sqrt(squares / (values.length - 1)), values[values.length - 1], course);
    }
}
