package dev.dromedary.camel;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertState;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Telling;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.config.AlertTargets.Webhook;
import dev.dromedary.store.Notice;
import dev.dromedary.store.NoticeBody;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Tells receivers something that is marked as a test, once, and says what came of it. Nothing of it is kept or counted. Safe for use by many threads. */
final class AlertTests {
    static final String RULE = "test";

    private final AlertTargets targets;
    private final AlertWebhook webhook;
    private final AlertMail mail;
    private final InstantSource clock;

    /** @param took until the answer */
    record Result(String target, Instant at, Duration took, Told told) {
    }

    AlertTests(AlertTargets targets, AlertWebhook webhook, AlertMail mail, InstantSource clock) {
        this.targets = targets;
        this.webhook = webhook;
        this.mail = mail;
        this.clock = clock;
    }

    /** Every receiver that is configured. */
    List<String> targets() {
        return targets.all();
    }

    /** All at the same time. @param why what a person reads in it */
    List<Result> run(List<String> wanted, String why) {
        Instant now = clock.instant();
        List<CompletableFuture<Result>> results = new ArrayList<>();
        for (String target : wanted) {
            String id = "test-" + UUID.randomUUID();
            var one = new Notice(0, id, Telling.Kind.TEST, target, NoticeBody.of(alert(id, why, now)), now, 1, now);
            results.add(told(one).thenApply(told -> new Result(target, now, Duration.between(now, clock.instant()), told)));
        }
        return results.stream().map(CompletableFuture::join).toList();
    }

    private CompletableFuture<Told> told(Notice one) {
        for (Webhook hook : targets.webhooks()) {
            if (hook.target().equals(one.target())) {
                return webhook.tell(hook, one);
            }
        }
        return CompletableFuture.completedFuture(mail.tell(List.of(one)));
    }

    private static Alert alert(String id, String why, Instant now) {
        var course = new Alert.Course(now, now, null, null, null, null, null);
        return new Alert(id, RULE, By.ALL, "", RULE, "", Severity.WARNING, AlertState.OPEN, Double.NaN, Double.NaN, "This is a test, nothing is wrong: " + why, List.of(), course, null, null);
    }
}
