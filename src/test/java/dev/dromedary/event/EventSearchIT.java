package dev.dromedary.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.event.EventSearch.Found;
import dev.dromedary.event.EventSearch.Wanted;
import dev.dromedary.store.Sql;
import dev.dromedary.store.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EventSearchIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private final EventWriter writer = new EventWriter(TestDatabase.dataSource(), Duration.ofHours(24));
    private final EventSearch search = new EventSearch(TestDatabase.dataSource());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void findsByRecipientInAnyCaseByDomainBySenderAndByStreamTheLatestFirst() throws SQLException {
        writer.write(List.of(event("m1", EventKind.ACCEPTED, 0, "Ann@example.org", "news"), event("m1", EventKind.DELIVERED, 5, "Ann@example.org", "news"),
                event("m2", EventKind.ACCEPTED, 9, "bob@example.org", "receipts"), event("m3", EventKind.ACCEPTED, 2, "carl@notexample.org", "news")));
        assertThat(ids(new Wanted("aNN@EXAMPLE.org", null, null, null, null, null))).containsExactly("m1");
        assertThat(ids(new Wanted("@example.org", null, null, null, null, null))).containsExactly("m2", "m1");
        assertThat(ids(new Wanted(null, "@example.com", "news", null, null, null))).containsExactly("m1", "m3");
        assertThat(ids(new Wanted("%@example.org", null, null, null, null, null))).as("no pattern").isEmpty();
    }

    @Test
    void theStateIsWhatHappenedLastAndADeadLetterIsStillBounced() throws SQLException {
        writer.write(List.of(event("m1", EventKind.ACCEPTED, 0, "a@example.org", "s"), event("m1", EventKind.DEFERRED, 1, "a@example.org", "s"), event("m1", EventKind.DELIVERED, 2, "a@example.org", "s"), event("m1", EventKind.COMPLAINED, 9, "a@example.org", "s"),
                event("m2", EventKind.ACCEPTED, 0, "a@example.org", "s"), event("m2", EventKind.DEFERRED, 1, "a@example.org", "s"),
                event("m3", EventKind.ACCEPTED, 0, "a@example.org", "s"), event("m3", EventKind.BOUNCED, 1, "a@example.org", "s"), event("m3", EventKind.DEAD_LETTERED, 1, "a@example.org", "s")));
        assertThat(ids(new Wanted(null, null, null, null, null, EventKind.DEFERRED))).containsExactly("m2");
        assertThat(ids(new Wanted(null, null, null, null, null, EventKind.BOUNCED))).containsExactly("m3");
        assertThat(ids(new Wanted("a@example.org", null, null, null, null, EventKind.DELIVERED))).containsExactly("m1");
        assertThat(search.find(new Wanted(null, null, null, null, null, null), NOON.plusSeconds(3600), NOON.plusSeconds(7200), 10).messages()).isEmpty();
    }

    @Test
    void saysWhereThereIsMoreAndHowFarBackWasLooked() throws SQLException {
        for (int i = 0; i < 30; i++) {
            writer.write(List.of(event("m" + i, EventKind.ACCEPTED, i * 1200, "a" + i + "@example.org", "s")));
        }
        Found some = search.find(new Wanted(null, null, null, null, null, null), NOON, NOON.plusSeconds(36_000), 3);
        assertThat(some.messages()).extracting(DeliveryEvent::messageId).containsExactly("m29", "m28", "m27");
        assertThat(some.complete()).isFalse();
        Found all = search.find(new Wanted(null, null, null, null, null, null), NOON, NOON.plusSeconds(36_000), 30);
        assertThat(all.messages()).hasSize(30);
        assertThat(all.complete()).isTrue();
        assertThat(all.searchedFrom()).isEqualTo(NOON);
    }

    @Test
    void aRecipientIsFoundThroughTheBloomFilters() throws SQLException {
        Sql.update(TestDatabase.dataSource(), "insert into event (message_id, submission_id, attempt, code, at, kind, recipient, provider, stream, node, tags)"
                + " select 'm' || n, 'm' || n, 0, 0, ?::timestamptz + n * interval '10 ms', 'accepted', 'user' || n || '@example.org', 'other', 'default', 'n1', '{}' from generate_series(1, 200000) n", NOON);
        Sql.list(TestDatabase.dataSource(), "select brin_summarize_new_values('event_recipient')", row -> row.getInt(1));
        Sql.update(TestDatabase.dataSource(), "analyze event");
        String plan = String.join("\n", Sql.list(TestDatabase.dataSource(), "explain select message_id from event where kind = 'accepted' and lower(recipient) = 'user4711@example.org'", row -> row.getString(1)));
        assertThat(plan).contains("event_recipient");
        long start = System.nanoTime();
        assertThat(ids(new Wanted("user4711@example.org", null, null, null, null, null))).containsExactly("m4711");
        System.out.printf("SEARCH %d ms for a recipient among 200,000 events%n", (System.nanoTime() - start) / 1_000_000);
    }

    private List<String> ids(Wanted wanted) throws SQLException {
        return search.find(wanted, NOON.minusSeconds(60), NOON.plusSeconds(86_400), 100).messages().stream().map(DeliveryEvent::messageId).toList();
    }

    private static DeliveryEvent event(String id, EventKind kind, int second, @Nullable String recipient, String stream) {
        return new DeliveryEvent(id, id, kind, kind == EventKind.ACCEPTED ? 0 : 1, NOON.plusSeconds(second), "http", "from@example.com", String.valueOf(recipient), "other", "a",
                stream, null, List.of(), 250, "2.0.0", null, "250 OK", 4096, 120, null, "n1", null, null);
    }
}
