package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.DromedaryConfig.Lasting;
import dev.dromedary.config.DromedaryConfig.Repeat;
import dev.dromedary.config.DromedaryConfig.Scope;
import dev.dromedary.config.DromedaryConfig.Suppression;
import dev.dromedary.config.Entry.Section;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys that say who gets no more mail, and the records made of them. */
final class SuppressionSchema {
    private static final String NEVER_WORD = "never";
    private static final Duration NEVER = ChronoUnit.FOREVER.getDuration();
    private static final Repeat NO_REPEAT = new Repeat(0, Duration.ZERO);
    private static final ValueType<Duration> DURATION = ValueTypes.duration("1m", "3650d");
    private static final ValueType<Duration> LIFETIME = ValueType.of("a duration from 1m to 3650d, or never",
            text -> text.equals(NEVER_WORD) ? NEVER : DURATION.read(text));
    private static final ValueType<Repeat> REPEAT = ValueType.of("so many messages within a time, such as 3/7d, or never", SuppressionSchema::repeat);
    /** Names of reasons in the rules of classification: those that may pass, so that once is not enough. */
    private static final List<String> REPEATED = List.of("mailboxfull", "filtered");

    private SuppressionSchema() {
    }

    static Section suppression() {
        return new Section("suppression", "Addresses that get no more mail. See [suppression](suppression.md).", List.of(
                new Section("permanent", "After a refusal for good that says the address is of no use, such as an unknown user.", lasting("180d", "all")),
                new Section("complaint", "After a complaint by the recipient.", lasting(NEVER_WORD, "stream")),
                new Section("repeat", "After refusals that may pass but come again and again: so many messages, each counted once, without a delivery between.", List.of(
                        of("mailboxfull", REPEAT, "3/7d", "Messages refused because the mailbox is full."),
                        of("filtered", REPEAT, NEVER_WORD, "Messages refused by the recipient's own filter."),
                        of("expires", LIFETIME, "30d", "How long it stands."),
                        of("scope", ValueTypes.choice(Scope.class), "all", "`all` mail to the address, or that of the `stream` only, which then counts by itself.")))));
    }

    private static List<Entry> lasting(String expires, String scope) {
        return List.of(
                of("expires", LIFETIME, expires, "How long it stands."),
                of("scope", ValueTypes.choice(Scope.class), scope, "`all` mail to the address, or that of the `stream` only."));
    }

    private static Repeat repeat(String text) {
        if (text.equals(NEVER_WORD)) {
            return NO_REPEAT;
        }
        Rate rate = RateText.parse(text);
        if (rate.permits() > 1_000 || rate.period().compareTo(Duration.ofDays(365)) > 0) {
            throw BadValue.outside("at most 1000 messages within at most 365d");
        }
        return new Repeat((int) rate.permits(), rate.period());
    }

    static Suppression bind(Settings settings) {
        Settings repeat = settings.section("repeat");
        Map<String, Repeat> rules = new LinkedHashMap<>();
        for (String reason : REPEATED) {
            Repeat rule = repeat.optional(reason, Repeat.class);
            if (rule != null && rule.times() > 0) {
                rules.put(reason, rule);
            }
        }
        return new Suppression(lasting(settings.section("permanent")), lasting(settings.section("complaint")), lasting(repeat), Map.copyOf(rules));
    }

    private static Lasting lasting(Settings settings) {
        Duration expires = settings.duration("expires");
        return new Lasting(expires.equals(NEVER) ? null : expires, settings.choice("scope", Scope.class));
    }
}
