package dev.dromedary.config;

import dev.dromedary.config.DromedaryConfig.Retry;
import dev.dromedary.message.FailureReportRenderer;
import dev.dromedary.message.RefusedException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with the retries although each value is right. */
final class RetryLint {
    /** RFC 5321 section 4.5.4.1: two attempts in the first hour, then intervals of at least 30 minutes, and 4-5 days until it is given up. */
    private static final Duration FIRST_HOUR = Duration.ofHours(1);
    private static final Duration LEAST_INTERVAL = Duration.ofMinutes(30);
    private static final Duration LEAST_GIVE_UP = Duration.ofDays(4);

    private final Findings findings;

    RetryLint(Findings findings) {
        this.findings = findings;
    }

    void check(Settings root, DromedaryConfig config) {
        Settings settings = root.section("retry");
        Retry retry = config.retry();
        order(settings, retry);
        if (!settings.isGiven("schedule")) {
            pace(settings, "initial", retry.backOff(), retry);
        }
        schedules(settings, retry);
        root.items("providers").forEach(provider -> schedules(provider.section("retry"), retry));
        dsn(root.section("dsn"), config.dsn());
        if (retry.maxAge().compareTo(LEAST_GIVE_UP) < 0) {
            findings.warning(ConfigCode.RETRY_GIVES_UP_EARLY, settings.place("max-age"), settings.path("max-age"), DurationText.print(retry.maxAge()) + " is less than 4 days",
                    "write 4d or 5d (RFC 5321 section 4.5.4.1), and streams.ID.max-age for mail that is worth nothing later");
        }
    }

    private void dsn(Settings settings, DromedaryConfig.Dsn dsn) {
        try {
            FailureReportRenderer.requireFrom(dsn.from());
        } catch (RefusedException refused) {
            findings.error(ConfigCode.BAD_VALUE, settings.place("from"), settings.path("from"), "\"" + dsn.from() + "\"", refused.refusal().advice());
        }
    }

    private void order(Settings settings, Retry retry) {
        if (retry.max().compareTo(retry.initial()) < 0) {
            findings.error(ConfigCode.RETRY_ORDER, settings.place("max"), settings.path("max"), DurationText.print(retry.max()) + " is less than retry.initial", "write at least " + DurationText.print(retry.initial()));
        }
        if (retry.maxAge().compareTo(retry.initial()) < 0) {
            findings.error(ConfigCode.RETRY_ORDER, settings.place("max-age"), settings.path("max-age"), DurationText.print(retry.maxAge()) + " is less than retry.initial", "write at least " + DurationText.print(retry.initial()));
        }
    }

    private void schedules(Settings retry, Retry config) {
        schedule(retry, "schedule", config);
        RetrySchema.CATEGORIES.forEach(category -> schedule(retry.section("by-category"), category, config));
    }

    private void schedule(Settings settings, String key, Retry retry) {
        Waits waits = settings.optional(key, Waits.class);
        if (waits == null) {
            return;
        }
        if (waits.after(1).compareTo(retry.maxAge()) > 0) {
            findings.error(ConfigCode.RETRY_ORDER, settings.place(key), settings.path(key), "the first wait of " + DurationText.print(waits.after(1)) + " is longer than retry.max-age",
                    "begin with at most " + DurationText.print(retry.maxAge()));
        }
        pace(settings, key, waits, retry);
    }

    private void pace(Settings settings, String key, Waits waits, Retry retry) {
        List<Duration> retries = waits.retries(retry.maxAge(), retry.maxRetries());
        Duration interval = intervalAfterFirstHour(retries);
        if (interval != null && interval.compareTo(LEAST_INTERVAL) < 0) {
            findings.warning(ConfigCode.RETRY_TOO_OFTEN, settings.place(key), settings.path(key), "every " + interval.toMinutes() + " minutes on average after the first hour",
                    "let the last waits be 30m or longer (RFC 5321 section 4.5.4.1); short ones belong at the beginning");
        }
        Duration givenUp = retries.isEmpty() ? Duration.ZERO : retries.get(retries.size() - 1);
        if (givenUp.compareTo(LEAST_GIVE_UP) < 0 && retry.maxAge().compareTo(LEAST_GIVE_UP) >= 0) {
            findings.warning(ConfigCode.RETRY_GIVES_UP_EARLY, settings.place(key), settings.path(key),
                    "given up after " + retries.size() + " retries and " + givenUp.toHours() + " hours, before 4 days", "write longer waits, or a higher retry.max-retries (RFC 5321 section 4.5.4.1)");
        }
    }

    private static @Nullable Duration intervalAfterFirstHour(List<Duration> retries) {
        List<Duration> later = retries.stream().filter(time -> time.compareTo(FIRST_HOUR) > 0).toList();
        return later.isEmpty() ? null : later.get(later.size() - 1).minus(FIRST_HOUR).dividedBy(later.size());
    }
}
