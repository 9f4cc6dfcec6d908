package dev.dromedary.forecast;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Values at moments, in the order of time, of whatever unit. Immutable. */
public record TimeSeries(List<Point> points) {

    /** @param value finite */
    public record Point(Instant at, double value) {
        public Point {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("value at " + at + ": " + value + "; leave out what is not known");
            }
        }
    }

    public TimeSeries {
        points = points.stream().sorted(Comparator.comparing(Point::at)).toList();
    }

    public static TimeSeries of(List<Instant> at, double... values) {
        if (at.size() != values.length) {
            throw new IllegalArgumentException(at.size() + " moments for " + values.length + " values");
        }
        var points = new ArrayList<Point>(values.length);
        for (int i = 0; i < values.length; i++) {
            points.add(new Point(at.get(i), values[i]));
        }
        return new TimeSeries(points);
    }

    public int size() {
        return points.size();
    }

    public Instant first() {
        return points.get(0).at();
    }

    public Instant last() {
        return points.get(points.size() - 1).at();
    }

    /** Seconds since the first point. */
    double[] seconds() {
        Instant first = size() == 0 ? Instant.EPOCH : first();
        return points.stream().mapToDouble(point -> seconds(first, point.at())).toArray();
    }

    double[] values() {
        return points.stream().mapToDouble(Point::value).toArray();
    }

    static double seconds(Instant from, Instant to) {
        return to.getEpochSecond() - from.getEpochSecond() + (to.getNano() - from.getNano()) / 1e9;
    }
}
