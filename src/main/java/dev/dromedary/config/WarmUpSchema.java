package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.list;
import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Entry.Leaf.with;

import dev.dromedary.config.Entry.Named;
import dev.dromedary.config.Entry.Section;
import dev.dromedary.config.Entry.Trait;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The keys under {@code warm-up}. */
final class WarmUpSchema {
    private static final String DATE_FORM = "a date such as 2026-11-24";
    private static final ValueType<LocalDate> DATE = ValueType.of(DATE_FORM, WarmUpSchema::date);
    private static final ValueType<Integer> VOLUME = ValueTypes.whole(1, 100_000_000);
    private static final ValueType<Integer> PER_CENT = ValueTypes.whole(0, 100);
    /** SparkPost's, a day and address: its guide to automatic warm-up of addresses. */
    private static final String STAGES = "200, 500, 1000, 2000, 5000, 10000, 20000, 40000, 50000, 75000, 100000, 150000, 200000, 250000, 325000, 400000, 500000, 600000, 750000,"
            + " 1000000, 1250000, 1750000, 2000000, 3000000, 4250000, 5000000, 6000000, 7500000, 10000000";

    private WarmUpSchema() {
    }

    static Section section() {
        return new Section("warm-up", "How new pools are brought to volume. See [warm-up](warm-up.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force."),
                list("stages", VOLUME, STAGES, "Messages a day and source address to a provider, ascending: a stage each."),
                of("delivered", PER_CENT, "90", "Per cent of the stage, and of what was sent, that must be delivered in a day for the next stage."),
                of("deferred", PER_CENT, "10", "Per cent of what was sent that may be deferred in a day for the next stage."),
                of("blocked", ValueTypes.decimal(0, 100), "2", "Per cent of what was sent that may be blocked; more is a step back at once."),
                of("complaints", ValueTypes.decimal(0, 100), "0.3", "Per cent of what was delivered that may be complained of; more is a step back at once."),
                of("evidence", ValueTypes.whole(1, 1000), "3", "So many blocks or complaints are needed for a step back."),
                of("spread", ValueTypes.duration("1h", "24h"), "8h", "The volume of a day takes at least this long; where mail comes late in the day, half of it."),
                of("stalled-days", ValueTypes.whole(1, 1000), "10", "After so many days in a row that did not suffice, it is held until someone resumes it."),
                of("idle-days", ValueTypes.whole(1, 1000), "30", "After so many days in a row without mail, it starts again."),
                new Named("pools", "The pools that are warming, by id.", List.of(
                        with(Trait.REQUIRED, "from", DATE, "The first day, in UTC. Nothing is sent before it; a later date than that of a warm-up under way starts it again."),
                        of("stage", ValueTypes.whole(1, 1000), "1", "The stage to begin at."),
                        list("providers", ValueTypes.ID, "", "Ids of providers; empty for every one, each with a warm-up of its own from its first message.")))));
    }

    private static LocalDate date(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException notOne) {
            throw BadValue.write(DATE_FORM);
        }
    }

    static WarmUpSettings bind(Settings settings) {
        Map<String, WarmUpSettings.Plan> pools = new LinkedHashMap<>();
        for (Settings pool : settings.items("pools")) {
            LocalDate from = pool.optional("from", LocalDate.class);
            pools.put(pool.name(), new WarmUpSettings.Plan(from == null ? LocalDate.EPOCH : from, pool.number("stage"), Set.copyOf(pool.list("providers", String.class))));
        }
        return new WarmUpSettings(settings.flag("enabled"), settings.list("stages", Integer.class), settings.number("delivered"), settings.number("deferred"),
                settings.decimal("blocked"), settings.decimal("complaints"), settings.number("evidence"), settings.duration("spread"), settings.number("stalled-days"),
                settings.number("idle-days"), Collections.unmodifiableMap(pools));
    }

    /** What contradicts itself, or names what is not there. */
    static void check(Settings settings, DromedaryConfig config, Findings findings) {
        List<Integer> stages = settings.list("stages", Integer.class);
        if (stages.isEmpty()) {
            findings.error(ConfigCode.MISSING_VALUE, settings.place("stages"), settings.path("stages"), "no stage", "write at least one, or leave the key out");
        }
        for (int i = 1; i < stages.size(); i++) {
            if (stages.get(i) <= stages.get(i - 1)) {
                findings.error(ConfigCode.OUT_OF_RANGE, settings.place("stages"), settings.path("stages"), stages.get(i) + " after " + stages.get(i - 1), "write stages of more and more messages");
            }
        }
        for (Settings pool : settings.items("pools")) {
            check(pool, stages.size(), config, findings);
        }
    }

    private static void check(Settings pool, int stages, DromedaryConfig config, Findings findings) {
        if (!config.pools().containsKey(pool.name())) {
            findings.error(ConfigCode.UNKNOWN_POOL, pool.place(), pool.path(), "no such pool", NearestKey.advice(pool.name(), config.pools().keySet()));
        }
        if (pool.number("stage") > stages) {
            findings.error(ConfigCode.OUT_OF_RANGE, pool.place("stage"), pool.path("stage"), pool.number("stage") + " of " + stages + " stages", "write at most " + stages);
        }
        for (String provider : pool.list("providers", String.class)) {
            if (!config.providers().containsKey(provider)) {
                findings.error(ConfigCode.UNKNOWN_PROVIDER, pool.place("providers"), pool.path("providers"), "\"" + provider + "\" is no provider",
                        NearestKey.advice(provider, config.providers().keySet()));
            }
        }
    }
}
