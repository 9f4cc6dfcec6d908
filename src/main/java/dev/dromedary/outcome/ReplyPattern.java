package dev.dromedary.outcome;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/** What a rule asks of a reply's provider, code, status and words. All have to fit. Immutable. */
public final class ReplyPattern {
    /** The keys it is read from. */
    public static final Set<String> KEYS = Set.of("providers", "code", "status", "phrases", "regex");

    private final Set<String> providers;
    private final CodePattern code;
    private final StatusPattern status;
    private final TextPattern text;

    ReplyPattern(Set<String> providers, CodePattern code, StatusPattern status, TextPattern text) {
        this.providers = providers;
        this.code = code;
        this.status = status;
        this.text = text;
    }

    /** @param given key to value of one rule; what is wrong is noted in {@code fields} under {@code at} */
    public static ReplyPattern read(YamlFields fields, String file, Map<String, Node> given, String at) {
        return new RulesReader(file, fields).pattern(given, at);
    }

    /** The text in the form that {@link #matches} takes, to be made once for many patterns. */
    public static String folded(SmtpReply reply) {
        return TextPattern.fold(reply.text());
    }

    /** Provider ids; empty for all. */
    public Set<String> providers() {
        return providers;
    }

    CodePattern code() {
        return code;
    }

    StatusPattern status() {
        return status;
    }

    TextPattern text() {
        return text;
    }

    public boolean matches(SmtpReply reply, String folded, @Nullable String providerId) {
        return (providers.isEmpty() || providerId != null && providers.contains(providerId))
                && code.matches(reply.code()) && status.matches(reply.enhanced()) && text.matches(folded);
    }
}
