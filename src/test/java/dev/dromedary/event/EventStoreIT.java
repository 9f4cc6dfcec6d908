package dev.dromedary.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.store.Sql;
import dev.dromedary.store.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventStoreIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private final EventWriter writer = new EventWriter(TestDatabase.dataSource(), Duration.ofHours(24));
    private final EventHistory history = new EventHistory(TestDatabase.dataSource());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void readsBackEveryFieldButTheKey() throws SQLException {
        var event = new DeliveryEvent("s1.1", "s1", EventKind.DEFERRED, 2, NOON, "http", "from@example.com", "to@example.org", "gmail", "a", "marketing", "spring",
                List.of("x, y", "z"), 421, "4.7.28", "defer-other-pool", "421-4.7.28 slow\u0000 down", 4096, 120, NOON.plusSeconds(600), "n1", null, null);
        writer.write(List.of(event));
        assertThat(history.of("s1.1")).containsExactly(new DeliveryEvent("s1.1", "s1", EventKind.DEFERRED, 2, NOON, "http", "from@example.com", "to@example.org",
                "gmail", "a", "marketing", "spring", List.of("x, y", "z"), 421, "4.7.28", "defer-other-pool", "421-4.7.28 slow\ufffd down", 4096, 120,
                NOON.plusSeconds(600), "n1", null, null));
    }

    @Test
    void writesABatchTwiceAndOneEventTwiceInABatchOnlyOnce() throws SQLException {
        var batch = List.of(event("s1", "s1", EventKind.ACCEPTED, null), event("s1", "s1", EventKind.DELIVERED, null), event("s1", "s1", EventKind.DELIVERED, null));
        assertThat(writer.write(batch)).isEqualTo(2);
        assertThat(writer.write(batch)).isZero();
        assertThat(history.of("s1")).extracting(DeliveryEvent::kind).containsExactly(EventKind.ACCEPTED, EventKind.DELIVERED);
    }

    @Test
    void findsAllMessagesOfASubmissionAndNoLookAlikes() throws SQLException {
        writer.write(List.of(event("s1.1", "s1", EventKind.ACCEPTED, null), event("s1.2", "s1", EventKind.ACCEPTED, null),
                event("s1.2", "s1.2", EventKind.DELIVERED, null), event("s10.1", "s10", EventKind.ACCEPTED, null), event("s1%x.1", "s1%x", EventKind.ACCEPTED, null)));
        assertThat(history.of("s1")).extracting(DeliveryEvent::messageId).containsExactly("s1.1", "s1.2");
        assertThat(history.of("s1.2")).extracting(DeliveryEvent::kind).containsExactly(EventKind.ACCEPTED, EventKind.DELIVERED);
        assertThat(history.of("s")).isEmpty();
    }

    @Test
    void findsASubmissionThroughTheIndex() throws SQLException {
        writer.write(IntStream.range(0, 5_000).mapToObj(n -> event("s" + n + ".1", "s" + n, EventKind.ACCEPTED, null)).toList());
        Sql.update(TestDatabase.dataSource(), "analyze event");
        String plan = String.join("\n", Sql.list(TestDatabase.dataSource(),
                "explain select * from event where message_id >= 's77' || '.' and message_id < 's77' || '/'", row -> row.getString(1)));
        assertThat(plan).contains("event_pkey");
    }

    @Test
    void keepsTheFirstRequestOfAKeyUntilItsWindowIsOver() throws SQLException {
        writer.write(List.of(event("s1.1", "s1", EventKind.ACCEPTED, "k"), event("s1.2", "s1", EventKind.ACCEPTED, "k")));
        writer.write(List.of(event("s2", "s2", EventKind.ACCEPTED, "k")));
        assertThat(submissionOf("k")).containsExactly("s1");
        Sql.update(TestDatabase.dataSource(), "update idempotency set expires_at = ?", NOON);
        writer.write(List.of(event("s3", "s3", EventKind.ACCEPTED, "k")));
        assertThat(submissionOf("k")).containsExactly("s3");
    }

    @Test
    void writesThousandsOfEventsASecond() throws SQLException {
        List<List<DeliveryEvent>> batches = new ArrayList<>();
        for (int batch = 0; batch < 120; batch++) {
            int first = batch * 500;
            batches.add(IntStream.range(first, first + 500).mapToObj(n -> event("0198c0de-" + (n * 7919L) % 999_983 + "-" + n, "s" + n, EventKind.DELIVERED, null)).toList());
        }
        long start = System.nanoTime();
        for (List<DeliveryEvent> batch : batches) {
            writer.write(batch);
        }
        double rate = 60_000 / ((System.nanoTime() - start) / 1e9);
        System.out.printf("EVENTS %.0f a second, batches of 500%n", rate);
        // The bound is far below what a quiet machine does, so that it tells of a lost batch insert, not of a busy neighbour.
        assertThat(rate).isGreaterThan(2_000);
    }

    private static List<String> submissionOf(String key) throws SQLException {
        return Sql.list(TestDatabase.dataSource(), "select submission_id from idempotency where key = ?", row -> row.getString(1), key);
    }

    private static DeliveryEvent event(String id, String submission, EventKind kind, @Nullable String key) {
        return new DeliveryEvent(id, submission, kind, kind == EventKind.ACCEPTED ? 0 : 1, NOON, "http", "from@example.com", "to@example.org", "gmail", "a",
                "default", null, List.of("tag"), 250, "2.0.0", "delivered", "250 2.0.0 OK 1700000000 abcdefghij - gsmtp", 4096, 120, null, "n1", key,
                key == null ? null : "ab12");
    }
}
