package dev.dromedary.config;

import java.util.Set;
import java.util.TreeSet;

/** What is wrong in a scenario although each value by itself is right. */
final class ScenarioLint {
    private final Findings findings;

    ScenarioLint(Findings findings) {
        this.findings = findings;
    }

    void check(Settings root, Scenario scenario) {
        if (scenario.traffic().isEmpty()) {
            findings.error(ConfigCode.MISSING_VALUE, root.place(), "traffic", "nothing is sent", "write at least one kind of mail, such as - id: news and messages: 1M");
        }
        Set<String> providers = new TreeSet<>(scenario.dromedary().providers().keySet());
        Set<String> pools = new TreeSet<>(scenario.dromedary().pools().keySet());
        for (Settings traffic : root.items("traffic")) {
            traffic.list("mix", Scenario.Share.class).forEach(share -> known(traffic, "mix", share.provider(), providers));
            if (traffic.duration("from").compareTo(scenario.length()) >= 0) {
                findings.error(ConfigCode.OUT_OF_RANGE, traffic.place("from"), traffic.path("from"), DurationText.print(traffic.duration("from")),
                        "begin before the end of the scenario, " + DurationText.print(scenario.length()));
            }
            if (!traffic.text("sender").contains("@")) {
                findings.error(ConfigCode.BAD_VALUE, traffic.place("sender"), traffic.path("sender"), "\"" + traffic.text("sender") + "\"", "write an address");
            }
        }
        for (Settings mailbox : root.items("mailboxes")) {
            known(mailbox, "", mailbox.name(), providers);
            mailbox.list("cold-pools", String.class).forEach(pool -> known(mailbox, "cold-pools", pool, pools));
        }
        for (Settings event : root.items("events")) {
            String provider = event.optional("provider", String.class);
            String pool = event.optional("pool", String.class);
            if (provider != null) {
                known(event, "provider", provider, providers);
            }
            if (pool != null) {
                known(event, "pool", pool, pools);
            }
        }
    }

    private void known(Settings owner, String key, String id, Set<String> all) {
        if (!all.contains(id)) {
            findings.error(key.contains("pool") ? ConfigCode.UNKNOWN_POOL : ConfigCode.UNKNOWN_PROVIDER, key.isEmpty() ? owner.place() : owner.place(key), key.isEmpty() ? owner.path() : owner.path(key), "\"" + id + "\"",
                    "use one of " + String.join(", ", all));
        }
    }
}
