package dev.dromedary.camel;

import dev.dromedary.store.MailFilter;
import java.util.List;
import java.util.Map;

/** Which messages a call means, by parameters or fields of these names. */
final class ApiFilter {
    static final List<String> NAMES = List.of("id", "provider", "stream", "campaign", "domain", "pool", "category");

    private ApiFilter() {
    }

    static MailFilter of(Map<String, String> asked) {
        String id = asked.get("id");
        return new MailFilter(id == null ? List.of() : List.of(id), asked.get("provider"), asked.get("stream"), asked.get("campaign"), asked.get("domain"),
                asked.get("pool"), asked.get("category"));
    }
}
