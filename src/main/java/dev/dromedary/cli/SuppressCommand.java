package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The list of those who get no mail. */
@Command(name = "suppress", description = "List and change who gets no mail from a running Dromedary.", mixinStandardHelpOptions = true)
public final class SuppressCommand {
    /** Which entries are meant; what is not given does not matter. */
    static final class Filter {
        @Option(names = "--address", paramLabel = "ADDRESS", description = "of this address")
        private @Nullable String address;

        @Option(names = "--domain", paramLabel = "DOMAIN", description = "of addresses at this domain")
        private @Nullable String domain;

        @Option(names = "--stream", paramLabel = "ID", description = "for this stream")
        private @Nullable String stream;

        @Option(names = "--reason", paramLabel = "WORD", description = "for this reason, such as userunknown or complaint")
        private @Nullable String reason;

        @Option(names = "--origin", paramLabel = "WORD", description = "refusal, complaint, manual or import")
        private @Nullable String origin;

        @Option(names = "--since", paramLabel = "TIME", description = "made at this time or later (RFC 3339)")
        private @Nullable String since;

        /** True where it leaves out some entries of an address and stream. */
        private boolean narrows() {
            return domain != null || reason != null || origin != null || since != null;
        }

        private Filter of(@Nullable String one) {
            address = one == null ? address : one;
            return this;
        }

        QueryText query() {
            return new QueryText().with("address", address).with("domain", domain).with("stream", stream).with("reason", reason).with("origin", origin).with("since", since);
        }
    }

    @Command(name = "list", description = "List who gets no mail, by address.", mixinStandardHelpOptions = true)
    int list(@Mixin ApiClient api, @Mixin Filter filter,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "100", description = "at most so many, up to 1000 (default: 100)") int limit,
            @Option(names = "--offset", paramLabel = "N", defaultValue = "0", description = "leave out so many first") int offset,
            @Option(names = "--json", description = "print JSON") boolean json) throws InterruptedException, IOException {
        String path = "/v1/suppressions" + filter.query().with("limit", limit).with("offset", offset);
        if (json) {
            return api.print("GET", path, "application/json", new byte[0]);
        }
        String answer = api.get(path);
        if (answer == null) {
            return 1;
        }
        System.out.print(view(new ObjectMapper().readTree(answer)));
        return 0;
    }

    static String view(JsonNode answer) {
        var out = new StringBuilder();
        answer.path("suppressions").forEach(entry -> out.append("%s  %s  %s  %s  since %s, %s  %s%n".formatted(entry.path("address").asText(),
                entry.hasNonNull("stream") ? "stream " + entry.get("stream").asText() : "all mail", entry.path("reason").asText(), entry.path("origin").asText(),
                entry.path("since").asText(), entry.hasNonNull("expires") ? "until " + entry.get("expires").asText() : "for ever", entry.path("detail").asText())));
        out.append("%d of %d%n".formatted(answer.path("suppressions").size(), answer.path("total").asLong()));
        return out.toString();
    }

    @Command(name = "add", description = "Send nothing more to an address.", mixinStandardHelpOptions = true)
    int add(@Mixin ApiClient api, @Parameters(paramLabel = "ADDRESS", description = "the address") String address,
            @Option(names = "--stream", paramLabel = "ID", description = "only for this stream (default: all mail)") @Nullable String stream,
            @Option(names = "--reason", paramLabel = "WORD", description = "one word, such as unsubscribed (default: manual)") @Nullable String reason,
            @Option(names = "--detail", paramLabel = "TEXT", description = "why, in a sentence") @Nullable String detail,
            @Option(names = "--expires", paramLabel = "TIME", description = "until then (RFC 3339; default: for ever)") @Nullable String expires)
            throws InterruptedException, IOException {
        Map<String, @Nullable Object> entry = new LinkedHashMap<>();
        entry.put("address", address);
        entry.put("stream", stream);
        entry.put("reason", reason);
        entry.put("detail", detail);
        entry.put("expires", expires);
        return api.print("POST", "/v1/suppressions", "application/json", new ObjectMapper().writeValueAsBytes(entry));
    }

    @Command(name = "remove", description = "Take an address off the list, or all that the options name.", mixinStandardHelpOptions = true)
    int remove(@Mixin ApiClient api, @Mixin Filter filter,
            @Parameters(paramLabel = "ADDRESS", arity = "0..1", description = "the address: all its entries, or those that the options leave") @Nullable String address,
            @Option(names = "--why", required = true, paramLabel = "TEXT", description = "why, for those who look later") String why) throws InterruptedException {
        String path = address == null || filter.narrows() ? filter.of(address).query().with("why", why).toString()
                : "/" + ApiClient.encoded(address) + new QueryText().with("stream", filter.stream).with("reason", why);
        return api.print("DELETE", "/v1/suppressions" + path, "application/json", new byte[0]);
    }

    @Command(name = "import", description = "Add or replace many entries: NDJSON, or CSV where the file's name ends so.", mixinStandardHelpOptions = true)
    int importFile(@Mixin ApiClient api, @Parameters(paramLabel = "FILE", description = "the file, or - for standard input") String file,
            @Option(names = "--why", paramLabel = "TEXT", description = "why, for those who look later") @Nullable String why,
            @Option(names = "--csv", description = "it is CSV, whatever its name") boolean csv) throws InterruptedException, IOException {
        String type = csv || file.endsWith(".csv") ? "text/csv" : "application/x-ndjson";
        try (InputStream in = file.equals("-") ? System.in : new BufferedInputStream(Files.newInputStream(Path.of(file)))) {
            return api.upload("/v1/suppressions/import" + new QueryText().with("why", why), type, in);
        } catch (NoSuchFileException e) {
            System.err.println("[FILE_UNREADABLE] " + file + ": it is not there; name a file, or - for standard input");
            return 1;
        }
    }

    @Command(name = "export", description = "Write the list to standard output, in a form that import reads.", mixinStandardHelpOptions = true)
    int export(@Mixin ApiClient api, @Mixin Filter filter, @Option(names = "--csv", description = "as CSV (default: NDJSON)") boolean csv) throws InterruptedException {
        return api.download("/v1/suppressions/export" + filter.query().with("format", csv ? "csv" : "ndjson"), System.out);
    }
}
