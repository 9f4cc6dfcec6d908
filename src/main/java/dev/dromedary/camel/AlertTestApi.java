package dev.dromedary.camel;

import dev.dromedary.config.AlertTargets;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.store.AuditLog;
import dev.dromedary.store.NoticeStore;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.jspecify.annotations.Nullable;

/** The call that tries whether receivers of alerts can be told. */
public final class AlertTestApi {
    private final ApiCall call;
    private final AlertTests tests;
    private final NoticeStore notices;
    private final AuditLog audit;
    private final InstantSource clock;

    AlertTestApi(ApiCall call, AlertTests tests, NoticeStore notices, AuditLog audit, InstantSource clock) {
        this.call = call;
        this.tests = tests;
        this.notices = notices;
        this.audit = audit;
        this.clock = clock;
    }

    /** @throws RefusedException without a reason, or for a receiver that is not configured */
    public void test(Exchange exchange) throws SQLException {
        call.open(exchange);
        ApiFields fields = ApiFields.of(exchange, List.of("target", "by", "reason"));
        String reason = fields.reason();
        String by = AlertApi.who(fields, exchange);
        List<String> wanted = wanted(fields.optional("target"));
        audit.begun(new AuditLog.Entry(clock.instant(), ApiCall.by(exchange), "alert.test", String.join(", ", wanted), by + ": " + reason, null));
        List<AlertTests.Result> results = tests.run(wanted, by + ": " + reason);
        for (AlertTests.Result one : results) {
            if (one.told() instanceof Told.Sent) {
                notices.reached(one.target());
            }
        }
        ApiCall.answer(exchange, 200, Map.of("tests", results.stream().map(AlertTestApi::shown).toList(), "total", results.size()));
    }

    private List<String> wanted(@Nullable String target) {
        List<String> all = tests.targets();
        if (all.isEmpty()) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "target", target == null ? "nothing" : target, "nobody is told of alerts: write alerts.webhooks or alerts.mail into the configuration");
        }
        if (target == null) {
            return all;
        }
        String whole = target.equals(AlertTargets.Mail.TARGET) || target.startsWith(AlertTargets.Webhook.PREFIX) ? target : AlertTargets.Webhook.PREFIX + target;
        if (!all.contains(whole)) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "target", target, "write one of " + String.join(", ", all) + ", or leave it out for all");
        }
        return List.of(whole);
    }

    private static Map<String, @Nullable Object> shown(AlertTests.Result one) {
        var out = new LinkedHashMap<String, @Nullable Object>();
        out.put("target", one.target());
        out.put("told", one.told() instanceof Told.Sent);
        out.put("answer", answer(one.told()));
        out.put("at", one.at());
        out.put("seconds", one.took().toMillis() / 1000.0);
        return out;
    }

    private static String answer(Told told) {
        return told instanceof Told.Sent sent ? sent.answer() : told instanceof Told.Failed failed ? failed.why() : ((Told.Gone) told).why();
    }
}
