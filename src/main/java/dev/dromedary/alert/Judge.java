package dev.dromedary.alert;

import dev.dromedary.forecast.Band;
import dev.dromedary.forecast.HourOfWeek;
import dev.dromedary.forecast.TimeSeries;
import dev.dromedary.forecast.Trend;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Holds a value against a rule. */
final class Judge {
    /** Of history, before anything is usual: a week has seen each of its days. */
    static final Duration FEWEST = Duration.ofDays(7);
    /** Share of the usual value that one standard deviation is at least, so that a very even history makes no alarm of little. */
    private static final double LEAST_SPREAD = 0.1;
    /** Of the way back from the threshold to what is usual, at which it is over. */
    private static final double WAY_BACK = 0.25;
    /** What is usual wavers so much here and there that no value would be low: nothing at all is. */
    private static final double NOTHING = 0.05;
    private static final double CRITICAL_NOTHING = 0.02;
    private static final double TREND_LEVEL = 0.01;
    /** Of the horizon, beyond which a forecast is over. */
    private static final double FARTHER = 1.5;

    private final AlertRule rule;
    private final Instant now;

    Judge(AlertRule rule, Instant now) {
        this.rule = rule;
        this.now = now;
    }

    /** @param before the values of the subject in the past, for rules that compare with it */
    Verdict judge(Reading reading, Function<String, TimeSeries> before) {
        boolean unusual = rule.condition() instanceof Condition.Unusual;
        if (Double.isNaN(reading.value()) || !unusual && reading.messages() < rule.least()) {
            return Verdict.unknown(reading.subject(), reading.messages() == Reading.COUNTLESS ? "no value" : "only " + reading.messages() + " in " + span(rule.window()));
        }
        if (rule.condition() instanceof Condition.Limit limit) {
            return held(reading, limit, "");
        }
        if (rule.condition() instanceof Condition.Unusual usual) {
            return unusual(reading, usual, before.apply(reading.subject()));
        }
        return ahead(reading, (Condition.Ahead) rule.condition(), before.apply(reading.subject()));
    }

    private Verdict held(Reading reading, Condition.Limit limit, String than) {
        double value = reading.value();
        Severity severity = limit.past(value, limit.critical()) ? Severity.CRITICAL : limit.past(value, limit.warning()) ? Severity.WARNING : null;
        Double threshold = severity == Severity.CRITICAL || limit.warning() == null ? limit.critical() : limit.warning();
        double against = threshold == null ? Double.NaN : threshold;
        String text = String.format(Locale.ROOT, "%s: %s%s over %s, %s %s%s", rule.metric().text(), figure(value), count(reading), span(rule.window()),
                limit.above() ? "limit" : "at least", figure(against), than);
        return new Verdict(reading.subject(), severity, limit.clear(value), limit.eased(value), true, value, against, text);
    }

    private Verdict unusual(Reading reading, Condition.Unusual condition, TimeSeries before) {
        if (before.size() == 0 || before.first().isAfter(now.minus(FEWEST).plus(1, ChronoUnit.HOURS))) {
            return Verdict.unknown(reading.subject(), "the history is shorter than " + FEWEST.toDays() + " days");
        }
        Optional<Band> band = HourOfWeek.of(before, ZoneOffset.UTC).at(now, 1);
        if (band.isEmpty() || tooFew(reading, band.get().expected())) {
            return Verdict.unknown(reading.subject(), "too little is usual at this hour to tell");
        }
        double usual = band.get().expected();
        double spread = Math.max(band.get().upper() - usual, LEAST_SPREAD * Math.abs(usual));
        double warning = threshold(usual, spread, condition, condition.warning(), NOTHING);
        double critical = threshold(usual, spread, condition, condition.critical(), CRITICAL_NOTHING);
        var limit = new Condition.Limit(condition.above(), warning, critical, warning + WAY_BACK * (usual - warning));
        return held(reading, limit, String.format(Locale.ROOT, " by what is usual at this hour of the week, %s", figure(usual)));
    }

    /** A value per second says itself how many there usually are; what a share is of is known of the present only. */
    private boolean tooFew(Reading reading, double usual) {
        return reading.messages() == Reading.COUNTLESS ? usual * rule.window().toSeconds() < rule.least() : reading.messages() < rule.least();
    }

    private static double threshold(double usual, double spread, Condition.Unusual condition, double deviations, double nothing) {
        double away = Math.max(deviations * spread, condition.leastChange() * Math.abs(usual));
        return condition.above() ? usual + away : Math.max(usual - away, nothing * usual);
    }

    private Verdict ahead(Reading reading, Condition.Ahead condition, TimeSeries before) {
        double value = reading.value();
        if (condition.above() ? value >= condition.limit() : value <= condition.limit()) {
            return new Verdict(reading.subject(), Severity.CRITICAL, false, false, true, value, condition.limit(), forecast(value, condition, "is reached"));
        }
        Trend trend = Trend.of(before, 0.9).filter(one -> one.significant(TREND_LEVEL)).orElse(null);
        Trend.Crossing crossing = trend == null ? null : trend.reaches(condition.limit()).orElse(null);
        if (crossing == null) {
            return new Verdict(reading.subject(), null, true, true, true, value, condition.limit(), forecast(value, condition, "is not in sight"));
        }
        Duration left = Duration.between(now, crossing.expected());
        Severity severity = left.compareTo(condition.critical()) <= 0 ? Severity.CRITICAL : left.compareTo(condition.warning()) <= 0 ? Severity.WARNING : null;
        return new Verdict(reading.subject(), severity, left.toSeconds() > FARTHER * condition.warning().toSeconds(), left.toSeconds() > FARTHER * condition.critical().toSeconds(), true,
                value, condition.limit(), forecast(value, condition, "is reached in about " + span(left) + latest(crossing)));
    }

    private String latest(Trend.Crossing crossing) {
        Instant latest = crossing.latest();
        return String.format(Locale.ROOT, " (%s to %s)", crossing.earliest().truncatedTo(ChronoUnit.MINUTES), latest == null ? "never" : latest.truncatedTo(ChronoUnit.MINUTES));
    }

    private String forecast(double value, Condition.Ahead condition, String when) {
        return String.format(Locale.ROOT, "%s: %s; %s %s", rule.metric().text(), figure(value), figure(condition.limit()), when);
    }

    private String figure(double value) {
        String unit = rule.metric().unit();
        return plain(value) + (unit.equals("0 to 1") ? "" : " " + unit);
    }

    static String plain(double value) {
        double size = Math.abs(value);
        int digits = size == Math.rint(size) || size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
        return Double.isNaN(value) ? "none" : String.format(Locale.ROOT, "%,." + digits + "f", value);
    }

    private static String count(Reading reading) {
        return reading.messages() == Reading.COUNTLESS ? "" : String.format(Locale.ROOT, " of %,d", reading.messages());
    }

    /** A length of time for people: the largest unit that leaves two or more, or the only one. */
    static String span(@Nullable Duration length) {
        long minutes = length == null ? 0 : Math.max(0, length.toMinutes());
        return minutes < 120 ? minutes + " min" : minutes < 2_880 ? minutes / 60 + " h" : minutes / 1_440 + " days";
    }
}
