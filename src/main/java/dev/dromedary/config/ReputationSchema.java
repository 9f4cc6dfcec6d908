package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;

import dev.dromedary.config.Entry.Section;
import dev.dromedary.config.ReputationSettings.Part;
import java.util.List;

/** The keys under {@code reputation}. */
final class ReputationSchema {
    private static final ValueType<Double> PER_CENT = ValueTypes.decimal(0, 100);
    private static final ValueType<Double> SHARE = ValueTypes.decimal(0, 1);
    private static final ValueType<Integer> ATTEMPTS = ValueTypes.whole(1, 10_000_000);
    private static final List<String> PARTS = List.of("deferral", "block", "hard-bounce", "complaint");

    private ReputationSchema() {
    }

    static Section section() {
        return new Section("reputation", "What providers make of our mail. See [reputation](reputation.md).", List.of(
                of("enabled", ValueTypes.FLAG, "true", "Whether attempts and complaints are remembered."),
                of("confidence", ValueTypes.decimal(50, 99.99), "95", "Per cent of confidence of the bounds that scores go by."),
                of("unproven", SHARE, "0.9", "Score of what nothing is known of, 0 to 1."),
                of("proven-after", ATTEMPTS, "100", "Accepted messages that take away half of what `unproven` is short of 1."),
                of("subjects", ValueTypes.whole(100, 1_000_000), "20000",
                        "The most that are kept of pools, sender domains, streams and campaigns, each towards a provider; those not heard of for longest give way."),
                part("deferral", "Attempts that the provider put off because of us.", "1h", "10", "50", "0.6", "50", "1000"),
                part("block", "Attempts refused because of the pool's addresses, or taken for spam.", "6h", "1", "10", "1", "30", "500"),
                part("hard-bounce", "Attempts to addresses that are of no use. Momentum slows down at 3 % and stops at 10 %.", "3d", "3", "10", "0.5", "200", "5000"),
                part("complaint", "Complaints among accepted messages. Google and Yahoo ask for less than 0.1 %, and never 0.3 %.", "14d", "0.1", "0.3", "0.8", "1000", "100000")));
    }

    private static Section part(String name, String meaning, String halfLife, String tolerance, String limit, String weight, String floor, String memory) {
        return new Section(name, meaning, List.of(
                of("half-life", ValueTypes.duration("1m", "365d"), halfLife, "In this time the evidence loses half of its weight."),
                of("tolerance", PER_CENT, tolerance, "Per cent that cost nothing."),
                of("limit", PER_CENT, limit, "Per cent from which it costs all that it can."),
                of("weight", SHARE, weight, "Share of the score that is lost at the limit, 0 to 1."),
                of("floor", ATTEMPTS, floor, "Fewer attempts are taken for so many, the rest of them good."),
                of("memory", ATTEMPTS, memory, "The most attempts remembered; older ones give way, however young.")));
    }

    static ReputationSettings bind(Settings settings) {
        return new ReputationSettings(settings.flag("enabled"), part(settings.section("deferral")), part(settings.section("block")), part(settings.section("hard-bounce")),
                part(settings.section("complaint")), settings.decimal("confidence") / 100, settings.decimal("unproven"), settings.number("proven-after"),
                settings.number("subjects"));
    }

    private static Part part(Settings part) {
        return new Part(part.duration("half-life"), part.decimal("tolerance") / 100, part.decimal("limit") / 100, part.decimal("weight"), part.number("floor"),
                part.number("memory"));
    }

    /** A limit lies above its tolerance, and a memory holds at least what the floor asks for. */
    static void check(Settings settings, Findings findings) {
        for (String name : PARTS) {
            Settings part = settings.section(name);
            if (part.decimal("limit") <= part.decimal("tolerance")) {
                findings.error(ConfigCode.OUT_OF_RANGE, part.place("limit"), part.path("limit"), part.decimal("limit") + ", with a tolerance of " + part.decimal("tolerance"),
                        "set it above the tolerance");
            }
            if (part.number("memory") < part.number("floor")) {
                findings.error(ConfigCode.OUT_OF_RANGE, part.place("memory"), part.path("memory"), part.number("memory") + ", with a floor of " + part.number("floor"),
                        "set it to the floor or more");
            }
        }
    }
}
