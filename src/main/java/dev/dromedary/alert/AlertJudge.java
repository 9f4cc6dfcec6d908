package dev.dromedary.alert;

import dev.dromedary.forecast.TimeSeries;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

/** Says what a rule makes of what was read. */
public final class AlertJudge {
    private AlertJudge() {
    }

    /** @param before the values of a subject in the past, for rules that compare with it */
    public static Judged judge(AlertRule rule, List<Reading> readings, Function<String, TimeSeries> before, Instant now) {
        var judge = new Judge(rule, now);
        return new Judged(Topic.of(rule), readings.stream().map(one -> judge.judge(one, before)).toList());
    }
}
