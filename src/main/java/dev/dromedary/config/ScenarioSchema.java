package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.list;
import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Entry.Leaf.optional;
import static dev.dromedary.config.Entry.Leaf.with;

import dev.dromedary.config.Entry.Items;
import dev.dromedary.config.Entry.Named;
import dev.dromedary.config.Entry.Section;
import dev.dromedary.config.Entry.Trait;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every key of a scenario file beside {@code dromedary}, its kind, default and meaning. */
final class ScenarioSchema {
    static final String DROMEDARY = "dromedary";
    private static final Pattern SHARE = Pattern.compile("([a-z0-9][a-z0-9_-]{0,62})\\s*=\\s*(\\d{1,6})");
    private static final Pattern COUNT = Pattern.compile("(\\d{1,12})(\\.\\d{1,6})?([kM]?)");
    private static final long MOST_MESSAGES = 1_000_000_000;

    private static final ValueType<Instant> INSTANT = ValueType.of("a time such as 2026-03-02T00:00:00Z", ScenarioSchema::instant);
    private static final ValueType<Long> MESSAGES = ValueType.of("a number of messages, such as 500, 20k or 1.5M, at most 1000M", ScenarioSchema::messages);
    private static final ValueType<Scenario.Share> SHARES = ValueType.of("a provider and its share, such as google=45", ScenarioSchema::share);
    private static final ValueType<java.time.Duration> OFFSET = ValueTypes.duration("0s", "60d");
    private static final ValueType<java.time.Duration> SPAN = ValueTypes.duration("1s", "60d");
    private static final ValueType<Double> PER_CENT = ValueTypes.decimal(0, 100);

    static final List<Entry> ROOT = List.of(
            of("description", ValueTypes.TEXT, "no description", "What it is about, in a sentence."),
            of("start", INSTANT, "2026-03-02T00:00:00Z", "When the simulated time begins; the default is a Monday."),
            of("length", ValueTypes.duration("1m", "60d"), "24h", "How long it lasts."),
            of("seed", ValueTypes.whole(0, Integer.MAX_VALUE), "1", "Of all randomness: the same seed gives the same result."),
            of("growth", ValueTypes.decimal(0, 1000), "5", "Growth of traffic a month, in per cent, for `--capacity`."),
            traffic(), mailboxes(), events());

    private ScenarioSchema() {
    }

    private static Items traffic() {
        return new Items("traffic", "What is sent. At least one.", List.of(
                with(Trait.NAME, "id", ValueTypes.ID, "The name of this kind of mail."),
                of("stream", ValueTypes.NAME, "default", "Its stream."),
                optional("campaign", ValueTypes.NAME, "Its campaign."),
                of("sender", ValueTypes.NAME, "news@example.com", "The envelope sender."),
                with(Trait.REQUIRED, "messages", MESSAGES, "How many, in all."),
                of("from", OFFSET, "0s", "When it begins, after the start."),
                optional("length", SPAN, "How long it lasts; to the end unless given."),
                of("shape", ValueTypes.choice(Scenario.Shape.class), "diurnal",
                        "`flat` is even, `diurnal` goes up and down with the hours, `burst` comes within its first minute."),
                of("peak", ValueTypes.duration("0s", "24h"), "14h", "For diurnal: the busiest hour of the day (UTC)."),
                of("swing", ValueTypes.decimal(0, 1), "0.6", "For diurnal: how far the busiest hour is above the mean, as a share of it."),
                of("weekend", ValueTypes.decimal(0, 10), "1", "Mail on Saturdays and Sundays, as a share of that of other days."),
                of("priority", ValueTypes.whole(0, 255), "100", "As in a submission: below 100 urgent, from 150 bulk."),
                of("unknown", PER_CENT, "0.3", "Per cent of recipients that do not exist."),
                of("complaints", PER_CENT, "0.02", "Per cent of delivered messages that are complained about, some hours later."),
                of("spam", PER_CENT, "0", "Per cent of messages refused for their content."),
                list("mix", SHARES, "other=1", "Who the recipients' providers are, each with its share.")));
    }

    private static Named mailboxes() {
        return new Named("mailboxes", "How each provider of the simulated world treats each pool. A provider that is not named has the defaults.", List.of(
                of("latency", ValueTypes.duration("1ms", "10m"), "400ms", "Median time of a conversation."),
                optional("rate", ValueTypes.RATE, "Messages that it takes from one pool; more are deferred."),
                of("connections", ValueTypes.whole(1, 10_000), "1000", "Conversations at a time that it takes from one pool; more are deferred."),
                of("unknown-limit", PER_CENT, "5", "Per cent of unknown recipients from which its opinion of the pool sinks."),
                of("complaint-limit", PER_CENT, "0.3", "Per cent of complaints from which its opinion of the pool sinks."),
                of("patience", ValueTypes.whole(1, 10_000_000), "500", "So many attempts over its limits, within `forgets`, bring a pool from good standing to a block."),
                of("block", ValueTypes.duration("1m", "30d"), "2h", "How long a block lasts. Pressing on prolongs it."),
                of("forgets", ValueTypes.duration("1m", "30d"), "1h", "Half-life of its bad opinion."),
                optional("cold-start", ValueTypes.whole(1, 100_000_000), "Messages a day that it takes from a pool on its first day; none given, any number."),
                list("cold-pools", ValueTypes.ID, "", "The pools without history that `cold-start` is for; all unless given."),
                of("cold-growth", ValueTypes.decimal(1, 100), "2", "How many times as many it takes on the next day."),
                of("greylist", PER_CENT, "0", "Per cent of first attempts that are told to come again."),
                of("busy", PER_CENT, "0.2", "Per cent of attempts deferred for reasons of its own."),
                of("drop", PER_CENT, "0", "Per cent of messages taken whose answer is lost, so that nobody knows.")));
    }

    private static Items events() {
        return new Items("events", "What happens in the world.", List.of(
                with(Trait.NAME, "id", ValueTypes.ID, "The event's name."),
                of("effect", ValueTypes.choice(Scenario.Effect.class), "block",
                        "`block`: refused whatever is done. `outage`: connections refused. `black-hole`: no answer. `slow`: conversations take `factor` times as long. "
                                + "`cut`: limits are `factor` of before. `decline`: opinion sinks, the faster the more is sent, until it blocks. `flap`: outages, every `period`."),
                of("at", OFFSET, "6h", "When it begins, after the start."),
                of("length", SPAN, "2h", "How long it lasts."),
                optional("provider", ValueTypes.ID, "Whom it concerns; all unless given."),
                optional("pool", ValueTypes.ID, "Whom it concerns; all unless given."),
                of("factor", ValueTypes.decimal(0.001, 1000), "0.5", "For `slow` and `cut`."),
                of("period", ValueTypes.duration("1s", "1d"), "10m", "For `flap`: the first half of each is an outage.")));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw BadValue.write("a time such as 2026-03-02T00:00:00Z");
        }
    }

    private static long messages(String text) {
        Matcher shape = COUNT.matcher(text);
        if (!shape.matches()) {
            throw BadValue.write("a number of messages, such as 500, 20k or 1.5M");
        }
        double unit = shape.group(3).equals("M") ? 1e6 : shape.group(3).equals("k") ? 1e3 : 1;
        double count = Double.parseDouble(shape.group(1) + (shape.group(2) == null ? "" : shape.group(2))) * unit;
        if (count < 1 || count > MOST_MESSAGES) {
            throw BadValue.outside("from 1 to 1000M messages");
        }
        return Math.round(count);
    }

    private static Scenario.Share share(String text) {
        Matcher shape = SHARE.matcher(text.strip());
        if (!shape.matches()) {
            throw BadValue.write("a provider and its share, such as google=45");
        }
        return new Scenario.Share(shape.group(1), Integer.parseInt(shape.group(2)));
    }
}
