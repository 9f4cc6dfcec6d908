package dev.dromedary.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which waiting or dead messages are meant; what is not given does not matter. */
final class MailFilterOptions {
    @Option(names = "--provider", paramLabel = "ID", description = "of this mailbox provider")
    private @Nullable String provider;

    @Option(names = "--stream", paramLabel = "ID", description = "of this stream")
    private @Nullable String stream;

    @Option(names = "--campaign", paramLabel = "ID", description = "of this campaign")
    private @Nullable String campaign;

    @Option(names = "--domain", paramLabel = "DOMAIN", description = "to this recipient domain")
    private @Nullable String domain;

    @Option(names = "--pool", paramLabel = "ID", description = "last refused by this pool")
    private @Nullable String pool;

    @Option(names = "--category", paramLabel = "ID", description = "of this category, such as permanent-recipient")
    private @Nullable String category;

    private Map<String, String> given() {
        var given = new LinkedHashMap<String, String>();
        add(given, "provider", provider);
        add(given, "stream", stream);
        add(given, "campaign", campaign);
        add(given, "domain", domain);
        add(given, "pool", pool);
        add(given, "category", category);
        return given;
    }

    /** As the parameters of a call, behind {@code ?}; the others are written already. */
    String query(String... others) {
        var query = new StringJoiner("&", "?", "").setEmptyValue("");
        given().forEach((name, value) -> query.add(name + "=" + ApiClient.encoded(value)));
        for (String other : others) {
            query.add(other);
        }
        return query.toString();
    }

    void addTo(ObjectNode body) {
        given().forEach(body::put);
    }

    private static void add(Map<String, String> given, String name, @Nullable String value) {
        if (value != null) {
            given.put(name, value);
        }
    }
}
