package dev.dromedary.camel;

import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertState;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Telling;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.store.NoticeStore;
import dev.dromedary.store.Sql;
import dev.dromedary.store.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import javax.sql.DataSource;

/** Alerts to be told of. */
final class TestNotices {
    private TestNotices() {
    }

    static void write(Instant now, String alert, String... targets) throws SQLException {
        write(TestDatabase.dataSource(), new Telling(alert(now, alert, Severity.CRITICAL, "mta-1", "12 % failed, limit 5 %"), Telling.Kind.OPENED), now, targets);
    }

    static void write(DataSource source, Telling telling, Instant now, String... targets) throws SQLException {
        Sql.transaction(source, connection -> {
            NoticeStore.write(connection, telling, List.of(targets), now);
            return null;
        });
    }

    /** Tells nobody. */
    static OutageNotices noOutage(InstantSource clock) {
        return new OutageNotices(AlertTargets.NONE, new AlertWebhook(clock), new NoticeWaits(new Random(1)), new NoticeCounts(new SimpleMeterRegistry()), "n1", clock);
    }

    static Alert alert(Instant now, String id, Severity severity, String subject, String text) {
        var course = new Alert.Course(now.minusSeconds(60), now, null, null, null, null, null);
        return new Alert(id, "error-rate", By.POOL, subject, "error_rate", "%", severity, AlertState.OPEN, 12, 5, text, List.of("look at <the> replies"), course, null, null);
    }
}
