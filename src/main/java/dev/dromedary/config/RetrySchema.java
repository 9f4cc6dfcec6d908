package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Entry.Leaf.optional;
import static dev.dromedary.config.Schema.anyOf;

import dev.dromedary.config.Entry.Named;
import dev.dromedary.config.Entry.Section;
import java.util.List;
import java.util.stream.Stream;

/** The keys that say when mail is tried again or may be sent at all, and who hears when it is given up. */
final class RetrySchema {
    /** Those of {@code Category} that are retryable. */
    static final List<String> CATEGORIES = List.of("defer-same-pool", "defer-other-pool", "network-transient");

    private RetrySchema() {
    }

    static Section retry() {
        return new Section("retry", "When deferred mail is tried again: initial x factor^n, at most max, times 1 +- jitter. See [retry](retry.md).", Stream.concat(Stream.of(
                of("initial", ValueTypes.duration("1s", "1d"), "5m", "Wait after the first deferral, where no schedule is given."),
                of("factor", ValueTypes.decimal(1, 100), "2", "Growth from one wait to the next, where no schedule is given."),
                of("max", ValueTypes.duration("1s", "7d"), "4h", "The longest wait, where no schedule is given, and the longest that a server may ask for."),
                of("jitter", ValueTypes.decimal(0, 1), "0.2", "Part of the wait that chance adds or takes."),
                of("max-age", ValueTypes.duration("1m", "30d"), "5d", "Mail older than this is given up."),
                of("max-retries", ValueTypes.whole(0, 10_000), "30", "Mail tried again so often is given up.")), schedules().stream()).toList());
    }

    static Section ofProvider() {
        return new Section("retry", "Schedules for this provider, in place of the general ones.", schedules());
    }

    private static List<Entry> schedules() {
        return List.of(
                optional("schedule", ValueTypes.WAITS, "The waits between attempts, in order, in place of initial, factor and max."),
                new Section("by-category", "Schedules for replies of one category. See [classification](classification.md).",
                        List.of(optional(CATEGORIES.get(0), ValueTypes.WAITS, "After a refusal of the message or recipient for now."),
                                optional(CATEGORIES.get(1), ValueTypes.WAITS, "After a refusal of the pool."),
                                optional(CATEGORIES.get(2), ValueTypes.WAITS, "Where no pool or server could be reached."))));
    }

    static Named streams() {
        return new Named("streams", "Kinds of mail that need something of their own, by the stream's name.", List.of(
                anyOf("send-window", ValueTypes.SEND_WINDOW, "When mail of this stream may be sent; mail of other times waits for the next opening. Empty for any time."),
                optional("max-age", ValueTypes.duration("1s", "30d"), "Mail of this stream that is older is given up, unless the message says otherwise; for mail that is worth nothing later.")));
    }

    static Section dsn() {
        return new Section("dsn", "Reports of failed delivery to the sender (RFC 3464). See [retry](retry.md#reports-to-the-sender).", List.of(
                anyOf("streams", ValueTypes.NAME, "Streams whose failed mail is reported where the message does not say."),
                optional("from", ValueTypes.TEXT, "The From field of reports; `Mail Delivery System <mailer-daemon@REPORTING-MTA>` where it is not set."),
                of("reporting-mta", ValueTypes.HOST_NAME, "@smtp.hostname", "The name of this system in reports.")));
    }
}
