package dev.dromedary.camel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.Refusal;
import dev.dromedary.retry.DoubtVerdict;
import dev.dromedary.store.DeadLetter;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The API's answers as JSON; docs/http-api.md describes them. */
final class ApiJson {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule()).disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);

    private ApiJson() {
    }

    static byte[] bytes(Object plain) {
        try {
            return JSON.writeValueAsString(plain).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer of plain maps can always be written", e);
        }
    }

    static Map<String, Object> receipt(AcceptPort.Receipt receipt) {
        var out = new LinkedHashMap<String, Object>();
        out.put("message_id", receipt.submissionId());
        out.put("status", receipt.replayed() ? "replayed" : "accepted");
        out.put("messages", receipt.messages().stream().map(m -> Map.of("id", m.id(), "to", m.to(), "provider", m.provider())).toList());
        out.put("suppressed", receipt.suppressed());
        return out;
    }

    static Map<String, Object> refusal(Refusal refusal) {
        return Map.of("error", Map.of("code", refusal.code().name(), "subject", refusal.subject(), "seen", refusal.seen(), "advice", refusal.advice()));
    }

    /** Of one line among many. */
    static Map<String, Object> refused(long line, Refusal refusal) {
        var out = new LinkedHashMap<String, Object>();
        out.put("line", line);
        out.putAll(refusal(refusal));
        return out;
    }

    /** @param events of one message or submission, oldest first */
    static Map<String, Object> history(String id, List<DeliveryEvent> events) {
        var out = new LinkedHashMap<String, Object>();
        out.put("message_id", id);
        var doubted = new HashSet<String>();
        for (DeliveryEvent e : events) {
            if (inDoubt(e) && e.kind() != EventKind.CANCELLED) {
                doubted.add(e.messageId());
            } else if (e.kind() != EventKind.SCHEDULED && e.kind() != EventKind.REPLAYED) {
                doubted.remove(e.messageId());
            }
        }
        if (!doubted.isEmpty()) {
            out.put("in_doubt", true);
        }
        out.put("events", events.stream().map(ApiJson::event).toList());
        return out;
    }

    private static boolean inDoubt(DeliveryEvent e) {
        return DoubtVerdict.CATEGORY.equals(e.category());
    }

    static Map<String, @Nullable Object> event(DeliveryEvent e) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", e.messageId());
        out.put("event", e.kind().id());
        out.put("at", e.at());
        out.put("attempt", e.attempt());
        out.put("to", e.recipient());
        out.put("provider", e.provider());
        out.put("way", e.way());
        out.put("pool", e.pool());
        out.put("code", e.code() == 0 ? null : e.code());
        out.put("enhanced", e.enhanced());
        out.put("category", e.category());
        out.put("in_doubt", inDoubt(e) && e.kind() != EventKind.CANCELLED ? true : null);
        out.put("detail", e.detail());
        out.put("next_attempt", e.next());
        out.values().removeIf(Objects::isNull);
        return out;
    }

    static Map<String, @Nullable Object> deadLetter(DeadLetter letter) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("id", letter.envelope().id());
        out.put("from", letter.envelope().from() == null ? "" : letter.envelope().from().toString());
        out.put("to", letter.envelope().to().toString());
        out.put("provider", letter.envelope().provider());
        out.put("stream", letter.envelope().stream());
        out.put("campaign", letter.envelope().campaign());
        out.put("outcome", letter.outcome().id());
        out.put("code", letter.code() == 0 ? null : letter.code());
        out.put("category", letter.category());
        out.put("in_doubt", DoubtVerdict.CATEGORY.equals(letter.category()));
        out.put("reason", letter.reason());
        out.put("pool", letter.pool());
        out.put("dead_at", letter.deadAt());
        out.put("replayed_at", letter.replayedAt());
        return out;
    }
}
