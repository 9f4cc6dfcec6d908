package dev.dromedary.camel;

import dev.dromedary.reputation.Part;
import dev.dromedary.reputation.Reputation;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reputations as plain maps for JSON; docs/http-api.md describes them. */
final class ReputationJson {
    private ReputationJson() {
    }

    static void add(Map<String, @Nullable Object> out, Reputation reputation) {
        out.put("score", rounded(reputation.score()));
        out.put("text", reputation.text());
        out.put("accepted", rounded(reputation.accepted()));
        var parts = new LinkedHashMap<String, Object>();
        reputation.parts().forEach(part -> parts.put(part.grievance().id(), part(part)));
        out.put("parts", parts);
    }

    private static Map<String, Object> part(Part part) {
        var out = new LinkedHashMap<String, Object>();
        out.put("keeps", rounded(part.keeps()));
        out.put("bad", rounded(part.bad()));
        out.put("of", rounded(part.of()));
        out.put("share", rounded(part.share()));
        out.put("at_least", rounded(part.atLeast()));
        out.put("at_most", rounded(part.atMost()));
        out.put("tolerance", rounded(part.tolerance()));
        out.put("limit", rounded(part.limit()));
        return out;
    }

    static double rounded(double number) {
        return Math.round(number * 10_000) / 10_000.0;
    }
}
