package dev.dromedary.camel;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertChange;
import dev.dromedary.alert.AlertState;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Silence;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.store.AlertStore;
import dev.dromedary.store.Notice;
import dev.dromedary.store.NoticeStore;
import dev.dromedary.suppression.SuppressionReader;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The calls about alerts: what is and was wrong, taking care of one, and silences. */
public final class AlertApi {
    private static final int MOST = 1_000;
    private static final List<String> STATES = List.of("open", "acknowledged", "resolved", "all");
    private static final Duration LONGEST_SILENCE = Duration.ofDays(90);

    private final ApiCall call;
    private final AlertStore store;
    private final NoticeStore notices;
    private final Set<String> rules;
    private final InstantSource clock;

    /** @param rules ids of all that there are, for which a silence makes sense */
    AlertApi(ApiCall call, AlertStore store, NoticeStore notices, Set<String> rules, InstantSource clock) {
        this.call = call;
        this.store = store;
        this.notices = notices;
        this.rules = rules;
        this.clock = clock;
    }

    public void list(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "state", "rule", "subject", "severity");
        String state = asked.getOrDefault("state", "open");
        if (!STATES.contains(state)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "state", state, "write one of " + String.join(", ", STATES));
        }
        String severity = asked.get("severity");
        if (severity != null && Arrays.stream(Severity.values()).noneMatch(one -> one.id().equals(severity))) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "severity", severity, "write " + Arrays.stream(Severity.values()).map(Severity::id).collect(Collectors.joining(" or ")));
        }
        List<Silence> silences = store.silences(clock.instant());
        List<Map<String, @Nullable Object>> found = store.list(state.equals("all") ? null : AlertState.valueOf(state.toUpperCase(java.util.Locale.ROOT)), MOST).stream()
                .filter(one -> fits(asked, "rule", one.rule()) && fits(asked, "subject", one.subject()) && fits(asked, "severity", one.severity().id()))
                .map(one -> shown(one, silences)).toList();
        ApiCall.answer(exchange, 200, Map.of("alerts", found, "total", found.size()));
    }

    /** One whole: what it went through, and who was told. @throws RefusedException where there is none of that id */
    public void show(Exchange exchange) throws SQLException {
        String id = call.open(exchange, "id").getOrDefault("id", "");
        Alert one = store.find(id).orElseThrow(() -> new RefusedException(RefusalCode.NOT_FOUND, "id", id, "ask for the id of an alert: GET /v1/alerts?state=all"));
        Map<String, @Nullable Object> out = shown(one, store.silences(clock.instant()));
        out.put("history", store.changes(id).stream().map(AlertApi::shown).toList());
        out.put("notices", notices.of(id, MOST).stream().map(AlertApi::shown).toList());
        ApiCall.answer(exchange, 200, out);
    }

    /** @throws RefusedException without a reason, or where no alert of that id is open */
    public void acknowledge(Exchange exchange) throws SQLException {
        String id = call.open(exchange, "id").getOrDefault("id", "");
        ApiFields fields = ApiFields.of(exchange, List.of("by", "reason"));
        var by = new Alert.Acknowledged(who(fields, exchange), fields.reason(), clock.instant());
        Alert one = store.acknowledge(id, by, ApiCall.by(exchange)).orElseThrow(
                () -> new RefusedException(RefusalCode.NOT_FOUND, "id", id, "ask for the id of an open alert: GET /v1/alerts"));
        ApiCall.answer(exchange, 200, shown(one, store.silences(clock.instant())));
    }

    public void silences(Exchange exchange) throws SQLException {
        call.open(exchange);
        List<Map<String, @Nullable Object>> found = store.silences(clock.instant()).stream().map(AlertApi::shown).toList();
        ApiCall.answer(exchange, 200, Map.of("silences", found, "total", found.size()));
    }

    /** @throws RefusedException without a reason or an end, or for a rule that is not there */
    public void silence(Exchange exchange) throws SQLException {
        call.open(exchange);
        ApiFields fields = ApiFields.of(exchange, List.of("rule", "subject", "until", "for", "by", "reason"));
        String rule = fields.optional("rule");
        if (rule != null && !rules.contains(rule)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "rule", rule, "write one of " + String.join(", ", rules.stream().sorted().toList()) + ", or leave it out for all");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var one = new Silence("s-" + UUID.randomUUID(), rule, fields.optional("subject"), now, until(fields, now), who(fields, exchange), fields.reason(), null);
        store.silence(one, ApiCall.by(exchange));
        ApiCall.answer(exchange, 201, shown(one));
    }

    private static Instant until(ApiFields fields, Instant now) {
        String until = fields.optional("until");
        String length = fields.optional("for");
        if (until == null && length == null) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "for", "nothing", "say how long, such as 2h, or until when: a silence that nobody ends must end by itself");
        }
        if (until != null && length != null) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "until", until, "write until or for, not both");
        }
        Instant end = until == null ? now.plus(fields.duration("for", LONGEST_SILENCE, LONGEST_SILENCE)) : SuppressionReader.time("until", until);
        if (!end.isAfter(now) || end.isAfter(now.plus(LONGEST_SILENCE))) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "until", String.valueOf(until), "write a time from now to " + LONGEST_SILENCE.toDays() + " days ahead");
        }
        return end.truncatedTo(ChronoUnit.SECONDS);
    }

    /** @throws RefusedException without a reason, or where no silence of that id holds */
    public void endSilence(Exchange exchange) throws SQLException {
        Map<String, String> asked = call.open(exchange, "id", "reason");
        String reason = ApiFields.reason(asked.get("reason"));
        String id = asked.getOrDefault("id", "");
        Silence ended = store.endSilence(id, reason, ApiCall.by(exchange), clock.instant()).orElseThrow(
                () -> new RefusedException(RefusalCode.NOT_FOUND, "id", id, "ask for the id of a silence that holds: GET /v1/alerts/silences"));
        ApiCall.answer(exchange, 200, Map.of("ended", shown(ended), "reason", reason));
    }

    /** The name given or, without one, that of the key. */
    static String who(ApiFields fields, Exchange exchange) {
        String by = fields.optional("by");
        if (by != null && (by.length() > 128 || by.chars().anyMatch(Character::isISOControl))) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "by", by, "write one line of at most 128 characters");
        }
        return by == null ? ApiCall.by(exchange) : by.strip();
    }

    private static boolean fits(Map<String, String> asked, String name, String value) {
        return !asked.containsKey(name) || value.equals(asked.get(name));
    }

    private static Map<String, @Nullable Object> shown(Silence one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", one.id());
        out.put("rule", one.rule());
        out.put("subject", one.subject());
        out.put("since", one.since());
        out.put("until", one.until());
        out.put("by", one.by());
        out.put("reason", one.reason());
        return out;
    }

    private static Map<String, @Nullable Object> shown(AlertChange one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("at", one.at());
        out.put("state", one.state().id());
        out.put("severity", one.severity().id());
        out.put("value", known(one.value()));
        out.put("text", one.text());
        out.put("by", one.by());
        out.put("reason", one.reason());
        return out;
    }

    private static Map<String, @Nullable Object> shown(Notice.Line one) {
        boolean waiting = one.state() == Notice.State.WAITING;
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("target", one.target());
        out.put("kind", one.kind().id());
        out.put("state", one.state().id());
        out.put("attempts", one.attempts());
        out.put("answer", one.answer());
        out.put("made_at", one.madeAt());
        out.put("next_at", waiting ? one.due() : null);
        out.put("done_at", one.doneAt());
        return out;
    }

    static Map<String, @Nullable Object> shown(Alert one, List<Silence> silences) {
        Alert.Acknowledged acknowledged = one.acknowledged();
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", one.id());
        out.put("rule", one.rule());
        out.put("severity", one.severity().id());
        out.put("state", one.state().id());
        out.put("metric", one.metric());
        out.put("by", one.by().id());
        out.put("subject", one.subject().isEmpty() ? null : one.subject());
        out.put("value", known(one.value()));
        out.put("threshold", known(one.threshold()));
        out.put("unit", one.unit());
        out.put("since", one.course().since());
        out.put("updated", one.course().updated());
        out.put("resolved_at", one.course().resolved());
        out.put("acknowledged_by", acknowledged == null ? null : acknowledged.by());
        out.put("acknowledged_reason", acknowledged == null ? null : acknowledged.reason());
        out.put("acknowledged_at", acknowledged == null ? null : acknowledged.at());
        out.put("silenced_until", silences.stream().filter(silence -> silence.covers(one)).map(Silence::until).max(Comparator.naturalOrder()).orElse(null));
        out.put("text", one.text());
        out.put("suggested", one.suggested());
        return out;
    }

    private static @Nullable Double known(double value) {
        return Double.isNaN(value) ? null : value;
    }
}
