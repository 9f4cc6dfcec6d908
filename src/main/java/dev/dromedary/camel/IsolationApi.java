package dev.dromedary.camel;

import dev.dromedary.isolation.ContentBook;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call about what became of mail by what its content is like. */
public final class IsolationApi {
    private final ApiCall call;
    private final ContentBook content;

    IsolationApi(ApiCall call, ContentBook content) {
        this.call = call;
        this.content = content;
    }

    public void content(Exchange exchange) {
        Map<String, String> asked = call.open(exchange, "provider", "limit");
        String provider = asked.get("provider");
        List<Map<String, @Nullable Object>> suspects = content.suspects().stream().filter(one -> provider == null || provider.equals(one.provider())).map(IsolationApi::shown).toList();
        ApiCall.answer(exchange, 200, Map.of("suspects", suspects, "traits", content.rows(provider, ApiCall.number(asked, "limit", 100, 1_000)).stream().map(IsolationApi::shown).toList()));
    }

    private static Map<String, @Nullable Object> shown(ContentBook.Suspect one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("trait", one.trait());
        out.put("provider", one.provider());
        out.put("blocked", one.blocked());
        out.put("total", one.total());
        out.put("share", one.share());
        out.put("share_of_the_rest", one.rest());
        out.put("p", one.p());
        out.put("text", one.text());
        return out;
    }

    private static Map<String, @Nullable Object> shown(ContentBook.Row one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("trait", one.trait());
        out.put("provider", one.provider());
        out.put("total", one.total());
        out.put("blocked", one.blocked());
        out.put("deferred", one.deferred());
        out.put("bounced", one.bounced());
        return out;
    }
}
