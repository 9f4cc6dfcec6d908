package dev.dromedary.alert;

import dev.dromedary.alert.Condition.Ahead;
import dev.dromedary.alert.Condition.Limit;
import dev.dromedary.alert.Condition.Unusual;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules that hold where the configuration says nothing else. Complaints: Google's and Yahoo's guidelines for senders ask for less than 0.1 %, never
 * 0.3 %. Failures: Momentum slows down at 3 % of hard bounces and stops at 10 %. The rest is what operators of mail and of machines usually set.
 */
public final class BuiltInRules {
    private static final double WARNING_DEVIATIONS = 4;
    private static final double CRITICAL_DEVIATIONS = 8;
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final Duration LASTS = Duration.ofMinutes(5);

    private BuiltInRules() {
    }

    public static List<AlertRule> all() {
        return List.of(
                unusual("throughput-low", AlertMetric.DELIVERED_PER_SECOND, By.ALL, 0.5, Duration.ofMinutes(10), 100),
                unusual("intake-low", AlertMetric.ACCEPTED_PER_SECOND, By.ALL, 0.5, Duration.ofMinutes(10), 100),
                limit("errors-high", AlertMetric.ERROR_RATE, By.POOL_PROVIDER, 5.0, 10.0, WINDOW, LASTS, 100),
                limit("deferrals-high", AlertMetric.DEFERRAL_RATE, By.POOL_PROVIDER, 20.0, 50.0, WINDOW, LASTS, 50),
                limit("complaints-high", AlertMetric.COMPLAINT_RATE, By.PROVIDER, 0.1, 0.3, Duration.ofHours(24), LASTS, 1_000),
                unusual("latency-high", AlertMetric.SMTP_LATENCY, By.PROVIDER, 1, LASTS, 50),
                unusual("delivery-slow", AlertMetric.TIME_TO_DELIVERY, By.ALL, 3, Duration.ofMinutes(10), 100),
                limit("queue-old", AlertMetric.QUEUE_AGE, By.QUEUE, 1_800.0, 7_200.0, Duration.ofMinutes(5), LASTS, 1),
                limit("reputation-low", AlertMetric.REPUTATION, By.POOL_PROVIDER, 0.5, 0.3, WINDOW, WINDOW, 1),
                new AlertRule("pool-down", AlertMetric.POOLS_AVAILABLE, By.POOL, new Limit(false, 1.0, null, 1), Duration.ofMinutes(2), LASTS, 1, Suggestions.of(AlertMetric.POOLS_AVAILABLE)),
                new AlertRule("all-pools-down", AlertMetric.POOLS_AVAILABLE, By.ALL, new Limit(false, null, 1.0, 1), Duration.ofMinutes(2), Duration.ofMinutes(2), 1,
                        Suggestions.of(AlertMetric.POOLS_AVAILABLE)),
                limit("heap-high", AlertMetric.HEAP_USED, By.NODE, 90.0, 97.0, WINDOW, WINDOW, 1),
                limit("processor-busy", AlertMetric.CPU_USED, By.NODE, 90.0, null, WINDOW, WINDOW, 1),
                limit("disk-high", AlertMetric.DISK_USED, By.NODE, 80.0, 88.0, Duration.ofMinutes(5), LASTS, 1),
                new AlertRule("disk-full-soon", AlertMetric.DISK_USED, By.NODE, new Ahead(true, 90, Duration.ofHours(24), Duration.ofHours(4)), Duration.ofMinutes(5), WINDOW, 1,
                        Suggestions.of(AlertMetric.DISK_USED)),
                limit("database-slow", AlertMetric.DATABASE_WRITE, By.NODE, 2_000.0, 10_000.0, Duration.ofMinutes(5), LASTS, 1));
    }

    private static AlertRule limit(String id, AlertMetric metric, By by, double warning, @Nullable Double critical, Duration window, Duration lasts, long least) {
        return new AlertRule(id, metric, by, Limit.of(!metric.lowIsBad(), warning, critical, null), window, lasts, least, Suggestions.of(metric));
    }

    private static AlertRule unusual(String id, AlertMetric metric, By by, double leastChange, Duration lasts, long least) {
        return new AlertRule(id, metric, by, new Unusual(!metric.lowIsBad(), WARNING_DEVIATIONS, CRITICAL_DEVIATIONS, leastChange), WINDOW, lasts, least, Suggestions.of(metric));
    }
}
