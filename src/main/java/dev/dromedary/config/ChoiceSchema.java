package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.ChoiceSettings.Ejection;
import dev.dromedary.config.Entry.Section;
import java.util.List;

/** The keys under {@code choice}. */
final class ChoiceSchema {
    private static final ValueType<Double> SHARE = ValueTypes.decimal(0, 1);

    private ChoiceSchema() {
    }

    static Section section() {
        return new Section("choice", "How a pool is taken among those with room. See [reputation](reputation.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "`false` draws with odds of weight x score^4, the score half reputation, 0.3 response time, 0.2 load."),
                of("explore", ValueTypes.decimal(0, 50), "2",
                        "Per cent of the mail for pools that trust alone would pass over, so that they are still heard from. Those distrusted get no more than this together."),
                of("distrusted-below", SHARE, "0.5", "A pool with a lower score gets its part of `explore` only, while another of the route is above."),
                of("equal-within", SHARE, "0.05", "Pools whose trust differs by no more share by weight, response time and load."),
                of("time-half-life", ValueTypes.duration("1s", "1h"), "10s", "In this time a conversation's length loses half of its weight."),
                of("failure-costs", ValueTypes.duration("0s", "10m"), "10s", "What a refused attempt counts as in time, so that quick refusals do not attract."),
                ejection()));
    }

    private static Section ejection() {
        return new Section("ejection", "Takes a pool out towards a provider that blocks it, unless it is the last that a delivery route could use.", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether it is in force."),
                of("in-a-row", ValueTypes.whole(0, 10_000), "5", "After so many blocks without an accepted message between; 0 for never."),
                of("ratio", ValueTypes.decimal(1, 100), "50", "Or where so many per cent of the attempts within the window were blocked."),
                of("volume", ValueTypes.whole(1, 1_000_000), "20", "Attempts within the window from which the ratio counts."),
                of("window", ValueTypes.duration("1s", "1d"), "1m", "How far back the ratio looks."),
                of("base", ValueTypes.duration("1s", "1d"), "30s", "How long the first time; each further one lasts twice as long."),
                of("max", ValueTypes.duration("1s", "7d"), "30m", "The longest."),
                of("slow-start", ValueTypes.duration("0s", "1d"), "5m", "After it, connections and weight grow from a tenth to all in this time.")));
    }

    static ChoiceSettings bind(Settings settings) {
        Settings out = settings.section("ejection");
        return new ChoiceSettings(settings.flag("enabled"), settings.decimal("explore") / 100, settings.decimal("distrusted-below"), settings.decimal("equal-within"),
                settings.duration("time-half-life"), settings.duration("failure-costs"),
                new Ejection(out.flag("enabled"), out.number("in-a-row"), out.decimal("ratio") / 100, out.number("volume"), out.duration("window"), out.duration("base"),
                        out.duration("max"), out.duration("slow-start")));
    }

    static void check(Settings settings, Findings findings) {
        Settings out = settings.section("ejection");
        if (out.duration("max").compareTo(out.duration("base")) < 0) {
            findings.error(ConfigCode.OUT_OF_RANGE, out.place("max"), out.path("max"), DurationText.print(out.duration("max")) + ", with a base of "
                    + DurationText.print(out.duration("base")), "set it to the base or more");
        }
    }
}
