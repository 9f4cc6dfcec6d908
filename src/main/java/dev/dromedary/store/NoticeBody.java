package dev.dromedary.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.alert.Alert;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An alert as receivers are told of it, in JSON. */
public final class NoticeBody {
    private static final ObjectMapper JSON = new ObjectMapper();

    private NoticeBody() {
    }

    public static String of(Alert alert) {
        Map<String, @Nullable Object> out = new LinkedHashMap<>();
        out.put("id", alert.id());
        out.put("rule", alert.rule());
        out.put("severity", alert.severity().id());
        out.put("state", alert.state().id());
        out.put("metric", alert.metric());
        out.put("by", alert.by().id());
        out.put("subject", alert.subject());
        out.put("value", known(alert.value()));
        out.put("threshold", known(alert.threshold()));
        out.put("unit", alert.unit());
        out.put("since", alert.course().since().toString());
        out.put("updated", alert.course().updated().toString());
        out.put("resolved_at", alert.course().resolved() == null ? null : alert.course().resolved().toString());
        out.put("acknowledged_by", alert.acknowledged() == null ? null : alert.acknowledged().by());
        out.put("text", alert.text());
        out.put("suggested", alert.suggested());
        try {
            return JSON.writeValueAsString(out);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts and numbers can always be written", e);
        }
    }

    private static @Nullable Double known(double value) {
        return Double.isFinite(value) ? value : null;
    }
}
