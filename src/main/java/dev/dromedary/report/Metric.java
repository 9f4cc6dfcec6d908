package dev.dromedary.report;

import dev.dromedary.history.Counts;
import dev.dromedary.history.Spread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The figures that are summed up over a span and followed through it. The first four and the reputation are those that the seed's monitor names. */
public enum Metric {
    MESSAGES_PER_SECOND("delivered a second", "messages/s", step -> step.rate(Counts::delivered), Counts::delivered),
    ERROR_RATE("attempts that failed for good", "%", step -> step.counts().errorRate(), Counts::attempts),
    AVERAGE_LATENCY("mean conversation with a server", "ms", step -> step.smtp().mean(), Counts::attempts),
    REPUTATION_SCORE("reputation, by mail", "0 to 1", step -> Reputations.mean(List.of(step)), null),
    ACCEPTED_PER_SECOND("accepted a second", "messages/s", step -> step.rate(Counts::accepted), Counts::accepted),
    DEFERRAL_RATE("attempts that were put off", "%", step -> step.counts().deferralRate(), Counts::attempts),
    COMPLAINT_RATE("complaints, of what was delivered", "%", step -> step.counts().complaintRate(), Counts::delivered),
    TIME_TO_DELIVERY_P95("acceptance to delivery, 95 of 100 within", "s", step -> step.delivery().percentile(0.95) / 1000, Counts::delivered),
    BACKLOG("queued and waiting", "messages", Metric::backlog, null),
    DISK_USED("disk used", "%", step -> step.highest("disk", "used_percent"), null);

    private final String text;
    private final String unit;
    private final ToDoubleFunction<Step> value;
    private final @Nullable ToLongFunction<Counts> messages;

    Metric(String text, String unit, ToDoubleFunction<Step> value, @Nullable ToLongFunction<Counts> messages) {
        this.text = text;
        this.unit = unit;
        this.value = value;
        this.messages = messages;
    }

    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String text() {
        return text;
    }

    public String unit() {
        return unit;
    }

    /** @return NaN where it is not known, or has no meaning as nothing passed */
    double of(Step step) {
        double is = step.known() ? value.applyAsDouble(step) : Double.NaN;
        return Double.isFinite(is) ? is : Double.NaN;
    }

    /** How many messages or attempts it is of. @return null where it is of none */
    @Nullable Long messages(Counts counts) {
        return messages == null ? null : Long.valueOf(messages.applyAsLong(counts));
    }

    /** Over a whole span: of all its messages where it is a share or a time, and of its steps where it is none. */
    double over(List<Step> steps) {
        Counts counts = Timeline.total(steps);
        return switch (this) {
            case ERROR_RATE -> finite(counts.errorRate());
            case DEFERRAL_RATE -> finite(counts.deferralRate());
            case COMPLAINT_RATE -> finite(counts.complaintRate());
            case AVERAGE_LATENCY -> spread(steps, Step::smtp).mean();
            case TIME_TO_DELIVERY_P95 -> spread(steps, Step::delivery).percentile(0.95) / 1000;
            case REPUTATION_SCORE -> Reputations.mean(steps);
            case MESSAGES_PER_SECOND, ACCEPTED_PER_SECOND, BACKLOG, DISK_USED ->
                    steps.stream().mapToDouble(this::of).filter(Double::isFinite).average().orElse(Double.NaN);
        };
    }

    private static Spread spread(List<Step> steps, Function<Step, Spread> of) {
        return Timeline.spread(steps, of);
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : Double.NaN;
    }

    private static double backlog(Step step) {
        Map<String, Double> queues = step.own("queue");
        Map<String, Double> waiting = step.shared("waiting");
        return queues.isEmpty() && waiting.isEmpty() ? Double.NaN : queues.entrySet().stream()
                .filter(one -> one.getKey().startsWith("mail.lane.") || one.getKey().equals("mail.submit")).mapToDouble(Map.Entry::getValue).sum()
                + waiting.values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
