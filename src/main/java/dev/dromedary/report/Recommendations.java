package dev.dromedary.report;

import dev.dromedary.report.Course.Direction;
import dev.dromedary.report.Recommendation.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What follows from the figures. The first three are the seed's, with its bounds; none is made of what is not known. */
final class Recommendations {
    static final double LEAST_HEALTH = 0.8;
    static final double MOST_ERRORS = 5;
    static final double MOST_DEFERRALS = 10;
    /** Google's guidelines for bulk senders (support.google.com/a/answer/81126): keep below 0.1 %, and never reach 0.3 %. */
    static final double MOST_COMPLAINTS = 0.1;
    static final double FAR_TOO_MANY_COMPLAINTS = 0.3;
    static final double LEAST_REPUTATION = 0.7;
    static final double LEAST_COVERAGE = 0.95;
    private static final long FEWEST = 20;
    private static final Duration SOON = Duration.ofDays(30);

    private final Report report;
    private final Instant now;
    private final List<Recommendation> out = new ArrayList<>();

    private Recommendations(Report report, Instant now) {
        this.report = report;
        this.now = now;
    }

    static List<Recommendation> of(Report report, Instant now) {
        var all = new Recommendations(report, now);
        all.health();
        all.errors();
        all.throughput();
        all.providers();
        all.complaints();
        all.capacity();
        all.gaps();
        return all.out.stream().sorted(Comparator.comparing(Recommendation::priority)).toList();
    }

    private void health() {
        Double score = report.health().score();
        if (score != null && score < LEAST_HEALTH) {
            String worst = report.health().parts().stream().filter(part -> part.score() != null).min(Comparator.comparing(part -> part.score()))
                    .map(part -> part.name() + " is " + number(part.score(), 2) + " (" + part.why() + ")").orElse("");
            add(Priority.HIGH, "performance", "The health score is below " + LEAST_HEALTH, "score " + number(score, 2) + "; " + worst,
                    "Look at the open alerts and incidents first: bin/dromedary warnings list, bin/dromedary reactions list",
                    "Start with the part named above; bin/dromedary status shows what holds pools back now",
                    "Where pools are full and healthy, add one: see the capacity section");
        }
    }

    private void errors() {
        MetricSummary errors = report.metric(Metric.ERROR_RATE);
        if (errors.average() != null && errors.average() > MOST_ERRORS && report.totals().attempts() >= FEWEST) {
            Optional<Cell> worst = report.matrix().stream().max(Comparator.comparing(cell -> cell.counts().bounced() + cell.counts().expired()));
            add(Priority.HIGH, "reliability", "The error rate of " + number(errors.average(), 1) + " % is above " + number(MOST_ERRORS, 0) + " %",
                    (report.totals().bounced() + report.totals().expired()) + " of " + report.totals().attempts() + " attempts failed for good"
                            + worst.map(cell -> ", most of them " + cell.pair().text()).orElse(""),
                    "See which replies they were: bin/dromedary dead list",
                    "Unknown recipients: clean the list where it comes from. Blocked pools: see the incidents",
                    "Check what a reply is taken for: bin/dromedary classify");
        }
    }

    private void throughput() {
        Course throughput = report.metric(Metric.MESSAGES_PER_SECOND).course();
        Course accepted = report.metric(Metric.ACCEPTED_PER_SECOND).course();
        if (throughput.direction() == Direction.DECREASING) {
            boolean less = accepted.direction() == Direction.DECREASING;
            add(less ? Priority.LOW : Priority.MEDIUM, "capacity", "Less and less is delivered" + (less ? ", as less and less is handed in" : ""),
                    "delivered: " + text(throughput) + "; handed in: " + text(accepted),
                    less ? "Ask those who submit whether it is meant" : "Look at what holds mail back: bin/dromedary lanes, and the matrix",
                    less ? "Nothing is to be done here where it is" : "Review rates of providers and pools: bin/dromedary explain ADDRESS --live",
                    less ? "Leave rates as they are" : "Add a pool where those there are at their limit");
        }
        Course backlog = report.metric(Metric.BACKLOG).course();
        if (backlog.direction() == Direction.INCREASING) {
            add(Priority.MEDIUM, "capacity", "More and more mail waits", "queued and waiting: " + text(backlog),
                    "See where and why: bin/dromedary lanes", "End holds that are no longer needed: bin/dromedary holds");
        }
    }

    private static String text(Course course) {
        return course.direction().id() + (course.change() == null ? "" : " by " + number(Math.abs(course.change()), 0) + " % over the span") + ", " + course.why();
    }

    private void providers() {
        for (Cell cell : report.matrix()) {
            double deferrals = cell.counts().deferralRate();
            if (cell.counts().attempts() >= FEWEST && deferrals > MOST_DEFERRALS) {
                add(Priority.MEDIUM, "deliverability", "Much is put off: " + cell.pair().text(),
                        cell.counts().deferred() + " of " + cell.counts().attempts() + " attempts, " + number(deferrals, 1) + " %",
                        "See the replies: bin/dromedary deferred list --provider " + cell.pair().provider(),
                        "Send slower there, or from another pool; the adaptive pace does so by itself where it is on");
            }
            if (cell.reputation() != null && cell.reputation() < LEAST_REPUTATION && cell.counts().attempts() >= FEWEST) {
                add(Priority.MEDIUM, "reputation", "A poor reputation: " + cell.pair().text(), "score " + number(cell.reputation(), 2) + " after " + cell.counts().attempts() + " attempts",
                        "See what it is made of: bin/dromedary reputation", "Review content, consent and list hygiene of what goes there",
                        "Check SPF, DKIM and DMARC of the sender domains");
            }
        }
    }

    private void complaints() {
        MetricSummary complaints = report.metric(Metric.COMPLAINT_RATE);
        if (complaints.average() != null && complaints.average() > MOST_COMPLAINTS && report.totals().complaints() > 1) {
            add(complaints.average() >= FAR_TOO_MANY_COMPLAINTS ? Priority.HIGH : Priority.MEDIUM, "reputation",
                    "Complaints of " + number(complaints.average(), 2) + " % are above " + number(MOST_COMPLAINTS, 1) + " %",
                    report.totals().complaints() + " complaints about " + report.totals().delivered() + " delivered; Google asks for less than 0.1 % and never 0.3 %",
                    "Find the streams and campaigns: bin/dromedary reputation", "Make unsubscribing easy (List-Unsubscribe with one click, RFC 8058)");
        }
    }

    private void capacity() {
        for (Forecast one : report.capacity()) {
            Instant at = one.reachedAt();
            if (at != null && at.isBefore(now.plus(SOON)) && one.limit() != null && one.now() != null) {
                boolean there = !at.isAfter(now);
                add(there ? Priority.HIGH : Priority.MEDIUM, "capacity", one.subject() + (there ? " is at its limit" : " is expected to be outgrown on " + at.toString().substring(0, 10)),
                        one.metric() + " " + Figures.text(one.now(), one.unit()) + " of " + Figures.text(one.limit(), one.unit()) + "; " + one.why(),
                        action(one));
            }
        }
    }

    private static String action(Forecast one) {
        return switch (one.metric()) {
            case "disk_used" -> "Add disk, or have less kept";
            case "database_size" -> "Add room, or have events and dead letters kept for a shorter time";
            case "conversations" -> "Raise the number of conversations where the other side allows it, or add a pool";
            default -> "Raise the rate where the other side allows it, or add a pool; try it first with bin/dromedary rehearse --capacity";
        };
    }

    private void gaps() {
        double coverage = report.timeline().coverage();
        if (!report.empty() && coverage < LEAST_COVERAGE) {
            add(Priority.LOW, "data", "The history has gaps", report.known() + " of " + report.steps() + " steps of the span have a sample",
                    "Where Dromedary did not run, nothing is to be done; else look for [HISTORY_WAITS] in the log");
        }
    }

    private void add(Priority priority, String category, String description, String restsOn, String... actions) {
        out.add(new Recommendation(priority, category, description, restsOn, List.of(actions)));
    }

    private static String number(double value, int digits) {
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
