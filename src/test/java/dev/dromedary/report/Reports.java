package dev.dromedary.report;

import static dev.dromedary.report.Histories.accepted;
import static dev.dromedary.report.Histories.sent;

import dev.dromedary.history.Gauge;
import dev.dromedary.report.HealthScore.Reading;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reports for tests of how they look. */
public final class Reports {
    private Reports() {
    }

    /** Two days of hours with a gap, an incident, and texts from outside. */
    public static Report busy(String text) {
        var history = new Histories(Duration.ofHours(1));
        for (int i = 0; i < 48; i++) {
            if (i >= 20 && i < 24) {
                continue;
            }
            long n = Math.round(400 + 250 * Math.sin(2 * Math.PI * (i - 8) / 24));
            long deferred = i >= 30 && i < 34 ? n / 3 : n / 60;
            history.add(i, List.of(accepted(2 * n), sent("google", "mta-1", n - deferred, deferred, 2, 400 + i * 5), sent("outlook", "mta-2", n, n / 50, 5, 700), sent("yahoo", text, n / 8, 1, 0, 300)),
                    Gauge.of("queue", "mail.lane.google", deferred), Gauge.of("disk", "used_percent", 40 + i / 10.0), Gauge.of("reputation", "mta-1/google", 0.93),
                    Gauge.of("reputation", "mta-2/outlook", 0.66));
        }
        Timeline timeline = history.timeline(48);
        Instant at = Histories.START.plus(Duration.ofHours(30));
        var health = HealthScore.of(new Reading(0.22, "over 10 minutes"), new Reading(0.25, "usual at this hour by 28 hours of history"), new Reading(0.61, "of 1,300 over 10 minutes"),
                new Reading(620, "a conversation, mean of 1,300"), new Reading(1000, "by report.expected-latency"), Reading.missing("no pool has a reputation"));
        var happenings = List.of(
                new Happening("warning", "critical", at, at.plusSeconds(3600), new Pair("google", "mta-1"), "90 of 3263 put off (2.8 %) in 15 minutes, usually at most 1.2 % " + text, "volume cut by 1 step", null),
                new Happening("reaction", "warning", at.plusSeconds(1200), at.plusSeconds(9000), new Pair("google", "mta-1"), "421 4.7.28 unusual rate of mail " + text, "rate 1/min (rule google-rate)", text));
        var deeds = List.of(new Report.Deed(at, "ops", "hold.make", "pool mta-1", text, 12L));
        var days = new ArrayList<Busiest>();
        var seen = new java.util.TreeSet<Instant>();
        var disk = new java.util.TreeMap<Instant, Double>();
        for (int day = 0; day < 60; day++) {
            Instant on = Histories.START.minus(Duration.ofDays(60 - day));
            seen.add(on);
            days.add(new Busiest(on, new Pair("", "mta-1"), (2 + day / 40.0) * (day % 7 >= 5 ? 0.7 : 1), 1 + day / 50.0));
            disk.put(on, 40 + day / 3.0);
        }
        var limits = new Limits(List.of(new Limits.Limit(new Pair("", "mta-1"), 4.0, 20)), List.of(), List.of(), 90, null, "no limit is known; give report.database-limit");
        List<Forecast> capacity = Capacity.of(new Capacity.Seen(seen, days, disk, new java.util.TreeMap<>()), limits);
        return ReportBuilder.build(new ReportBuilder.Material(timeline, timeline, health, happenings, List.of(), deeds, capacity), timeline.to());
    }

    public static Report empty() {
        Timeline timeline = new Histories(Duration.ofHours(1)).timeline(24);
        Reading none = Reading.missing("no sample");
        return ReportBuilder.build(new ReportBuilder.Material(timeline, timeline, HealthScore.of(none, none, none, none, none, none), List.of(), List.of(), List.of(), List.of()), timeline.to());
    }
}
