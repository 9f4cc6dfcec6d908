package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.alert.Alert;
import dev.dromedary.alert.AlertState;
import dev.dromedary.alert.By;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Telling;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notices that several nodes share through the database. */
class NoticeStoreIT {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final String HOOK = "webhook/ops";

    private final NoticeStore store = new NoticeStore(TestDatabase.dataSource());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void aNoticeHoldsTheAlertAsItWasAndNullForWhatIsNotKnown() throws Exception {
        write(new Telling(alert("a", AlertState.OPEN, Double.NaN), Telling.Kind.OPENED), HOOK);
        Notice one = store.claim(HOOK, NOW, LEASE, 10).get(0);
        JsonNode body = new ObjectMapper().readTree(one.body());
        assertThat(body.properties().stream().map(Map.Entry::getKey)).containsExactly("id", "rule", "severity", "state", "metric", "by", "subject", "value", "threshold", "unit", "since",
                "updated", "resolved_at", "acknowledged_by", "text", "suggested");
        assertThat(body.get("value").isNull()).isTrue();
        assertThat(body.get("threshold").asDouble()).isEqualTo(5);
        assertThat(body.get("text").asText()).as("also what a database takes badly").isEqualTo("text \0 \"<b>\"");
        assertThat(body.get("suggested").get(0).asText()).isEqualTo("look");
        assertThat(one).extracting(Notice::alert, Notice::kind, Notice::target, Notice::madeAt, Notice::attempts, Notice::due).containsExactly("a", Telling.Kind.OPENED, HOOK, NOW, 1, NOW);
    }

    @Test
    void whatOneNodeHasTakenNoOtherTakesUntilTheLeaseIsOver() throws SQLException {
        write(opened("a"), HOOK, "mail");
        Notice first = store.claim(HOOK, NOW, LEASE, 10).get(0);
        assertThat(store.claim(HOOK, NOW.plus(LEASE).minusSeconds(1), LEASE, 10)).isEmpty();
        assertThat(store.claim("mail", NOW, LEASE, 0)).as("no room").isEmpty();
        Notice again = store.claim(HOOK, NOW.plus(LEASE), LEASE, 10).get(0);
        assertThat(again.attempts()).isEqualTo(2);
        assertThat(again.key()).as("stable").isEqualTo(first.key()).isNotEqualTo(store.claim("mail", NOW, LEASE, 10).get(0).key());
    }

    @Test
    void manyNodesTakeEachNoticeOnce() throws Exception {
        for (int i = 0; i < 200; i++) {
            write(opened("a" + i), HOOK);
        }
        var taken = new ConcurrentHashMap<Long, Integer>();
        var threads = Executors.newFixedThreadPool(8);
        try {
            List<Future<?>> all = IntStream.range(0, 8).<Future<?>>mapToObj(i -> threads.submit(() -> {
                for (List<Notice> some = store.claim(HOOK, NOW, LEASE, 7); !some.isEmpty(); some = store.claim(HOOK, NOW, LEASE, 7)) {
                    assertThat(some).hasSizeLessThanOrEqualTo(7);
                    some.forEach(one -> taken.merge(one.id(), 1, Integer::sum));
                }
                return null;
            })).toList();
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            threads.shutdown();
        }
        assertThat(taken).hasSize(200).allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void oneThatFailedIsDueAgainAndOneThatIsDoneIsNot() throws SQLException {
        write(opened("a"), HOOK);
        write(opened("b"), HOOK);
        write(opened("c"), HOOK);
        List<Notice> three = store.claim(HOOK, NOW, LEASE, 10);
        store.sent(three.get(0).id(), "answered 204", NOW);
        store.failed(three.get(1).id(), "500 \0", NOW.plusSeconds(10));
        store.givenUp(three.get(2).id(), "gone", NOW);
        assertThat(store.claim(HOOK, NOW.plusSeconds(9), LEASE, 10)).isEmpty();
        assertThat(store.claim(HOOK, NOW.plus(Duration.ofDays(1)), LEASE, 10)).extracting(Notice::alert).containsExactly("b");
        assertThat(latest()).extracting(Notice.Line::alert, Notice.Line::answer, Notice.Line::state, Notice.Line::doneAt).containsExactly(
                org.assertj.core.groups.Tuple.tuple("c", "gone", Notice.State.GIVEN_UP, NOW),
                org.assertj.core.groups.Tuple.tuple("b", "500  ", Notice.State.WAITING, null),
                org.assertj.core.groups.Tuple.tuple("a", "answered 204", Notice.State.TOLD, NOW));
        assertThat(store.of("a", 1)).as("of one alert").extracting(Notice.Line::alert, Notice.Line::answer).containsExactly(org.assertj.core.groups.Tuple.tuple("a", "answered 204"));
    }

    @Test
    void whatALaterNoticeOvertookIsNotToldAnyMore() throws SQLException {
        write(opened("a"), HOOK, "mail");
        write(new Telling(alert("a", AlertState.OPEN, 7), Telling.Kind.ESCALATED), HOOK);
        List<Notice> two = store.claim(HOOK, NOW, LEASE, 10);
        store.failed(two.get(0).id(), "500", NOW.plusSeconds(10));
        store.sent(two.get(1).id(), "answered 200", NOW);
        assertThat(store.claim(HOOK, NOW.plusSeconds(10), LEASE, 10)).isEmpty();
        assertThat(store.claim("mail", NOW, LEASE, 10)).as("another target's").hasSize(1);
        assertThat(store.of("a", 10)).extracting(one -> one.target() + " " + one.kind().id() + " " + one.state().id())
                .containsExactly("webhook/ops opened overtaken", "mail opened waiting", "webhook/ops escalated told");
        assertThat(store.of("a", 1)).as("the latest").extracting(Notice.Line::kind).containsExactly(Telling.Kind.ESCALATED);
        assertThat(store.unreached(List.of(HOOK, "mail"))).isEmpty();
    }

    @Test
    void theEndIsToldToThoseWhoWereToldOfTheAlert() throws SQLException {
        write(opened("a"), HOOK);
        write(new Telling(alert("a", AlertState.RESOLVED, 1), Telling.Kind.RESOLVED), HOOK, "mail");
        assertThat(latest()).extracting(one -> one.target() + " " + one.kind().id()).containsExactly("webhook/ops resolved", "webhook/ops opened");
    }

    @Test
    void noticesForTargetsThatNobodyKnowsAreGivenUpOnceTheyAreOld() throws SQLException {
        write(opened("a"), HOOK, "webhook/former");
        assertThat(store.giveUpUnknown(List.of(HOOK), NOW, "unknown", NOW)).isEmpty();
        assertThat(store.giveUpUnknown(List.of(HOOK), NOW.plusSeconds(1), "unknown", NOW.plusSeconds(1))).containsExactly("webhook/former");
        assertThat(store.claim(HOOK, NOW, LEASE, 10)).hasSize(1);
        write(opened("b"), HOOK);
        assertThat(store.giveUpUnknown(List.of(), NOW.plusSeconds(1), "unknown", NOW.plusSeconds(1))).as("one that another node is at is left").containsExactly(HOOK);
    }

    @Test
    void whatIsDoneIsDeletedAfterThirtyDaysUnlessItsAlertGoesOn() throws SQLException {
        write(opened("over"), HOOK);
        write(opened("open"), HOOK);
        write(opened("undone"), HOOK);
        Sql.update(TestDatabase.dataSource(), "insert into alert (id, rule, by_what, subject, metric, unit, severity, state, text, suggested, since, updated)"
                + " values ('open', 'r', 'all', '', 'm', 'u', 'warning', 'open', 't', '{}', ?, ?)", NOW, NOW);
        for (Notice one : store.claim(HOOK, NOW, LEASE, 2)) {
            store.sent(one.id(), "answered 200", NOW);
        }
        assertThat(store.deleteOld(NOW.plus(NoticeStore.KEPT))).isZero();
        assertThat(store.deleteOld(NOW.plus(NoticeStore.KEPT).plusSeconds(1))).isEqualTo(1);
        assertThat(latest()).extracting(Notice.Line::alert).containsExactly("undone", "open");
    }

    @Test
    void aReceiverIsUnreachedWhereItsLastNoticeWasGivenUpUntilATestReachesIt() throws SQLException {
        write(opened("a"), HOOK, "mail");
        Notice one = store.claim(HOOK, NOW, LEASE, 1).get(0);
        store.givenUp(one.id(), "answered 410", NOW);
        assertThat(store.unreached(List.of(HOOK, "mail"))).extracting(Notice.Line::target, Notice.Line::answer).containsExactly(org.assertj.core.groups.Tuple.tuple(HOOK, "answered 410"));
        assertThat(store.unreached(List.of("mail"))).as("no longer configured").isEmpty();
        store.reached("mail");
        assertThat(store.unreached(List.of(HOOK))).hasSize(1);
        store.reached(HOOK);
        assertThat(store.unreached(List.of(HOOK))).isEmpty();
        write(opened("b"), HOOK);
        store.givenUp(store.claim(HOOK, NOW, LEASE, 1).get(0).id(), "answered 500", NOW.plusSeconds(1));
        assertThat(store.unreached(List.of(HOOK))).as("again").hasSize(1);
        write(opened("c"), HOOK);
        store.sent(store.claim(HOOK, NOW, LEASE, 1).get(0).id(), "answered 200", NOW.plusSeconds(2));
        assertThat(store.unreached(List.of(HOOK))).isEmpty();
    }

    private static List<Notice.Line> latest() throws SQLException {
        return NoticeLines.latest(TestDatabase.dataSource());
    }

    private static Telling opened(String id) {
        return new Telling(alert(id, AlertState.OPEN, 7), Telling.Kind.OPENED);
    }

    private static Alert alert(String id, AlertState state, double value) {
        var course = new Alert.Course(NOW.minusSeconds(60), NOW, null, null, null, null, null);
        return new Alert(id, "errors", By.POOL, "mta-1", "error_rate", "%", Severity.WARNING, state, value, 5, "text \0 \"<b>\"", List.of("look"), course, null, null);
    }

    private static void write(Telling telling, String... targets) throws SQLException {
        Sql.transaction(TestDatabase.dataSource(), connection -> {
            NoticeStore.write(connection, telling, List.of(targets), NOW);
            return null;
        });
    }
}
