package dev.dromedary.retry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.event.EventHistory;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.PriorityClass;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import dev.dromedary.store.DeadLetter;
import dev.dromedary.store.DeadLetterStore;
import dev.dromedary.store.MailFilter;
import dev.dromedary.store.Sql;
import dev.dromedary.store.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WaitingMailIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Instant LATER = NOON.plusSeconds(600);
    private static final WaitingFilter GOOGLE = new WaitingFilter(MailFilter.ofProvider("google"), List.of());
    private final DeferredStore store = new DeferredStore(TestDatabase.dataSource());
    private final WaitingMail waiting = new WaitingMail(TestDatabase.dataSource());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void listsByFilterAndPageTheFirstDueFirstWithoutBodies() throws SQLException {
        store.insert(List.of(message("b", "google", DeferredMessage.Kind.DEFERRED, 20), message("a", "google", DeferredMessage.Kind.PACED, 30),
                message("c", "google", DeferredMessage.Kind.DEFERRED, 10), message("d", "yahoo", DeferredMessage.Kind.DEFERRED, 5)));
        assertThat(ids(waiting.list(GOOGLE, 10, 0))).containsExactly("c", "b", "a");
        assertThat(ids(waiting.list(GOOGLE, 1, 1))).containsExactly("b");
        assertThat(waiting.count(GOOGLE)).isEqualTo(3);
        assertThat(ids(waiting.list(new WaitingFilter(MailFilter.ANY, List.of(DeferredMessage.Kind.PACED)), 10, 0))).containsExactly("a");
        assertThat(waiting.list(GOOGLE, 10, 0)).allSatisfy(message -> {
            assertThat(message.body()).isEmpty();
            assertThat(message.reason()).isEqualTo("421 slow down");
        });
    }

    @Test
    void whatIsRetriedIsDueAndASecondTimeChangesNothing() throws SQLException {
        store.insert(List.of(message("a", "google", DeferredMessage.Kind.DEFERRED, 600), message("b", "yahoo", DeferredMessage.Kind.DEFERRED, 600)));
        assertThat(waiting.retry(GOOGLE, NOON)).isEqualTo(1);
        assertThat(waiting.retry(GOOGLE, NOON)).isZero();
        assertThat(fed(NOON)).containsExactly("a");
    }

    @Test
    void aRerouteStaysWithTheMessageAndSendsNothingBeforeItsScheduledTime() throws SQLException {
        store.insert(List.of(message("a", "google", DeferredMessage.Kind.DEFERRED, 600), message("s", "google", DeferredMessage.Kind.SCHEDULED, 600)));
        assertThat(waiting.reroute(GOOGLE, "pool:b", NOON)).isEqualTo(2);
        assertThat(waiting.reroute(GOOGLE, "pool:b", NOON)).isZero();
        var sent = new ArrayList<DeferredMessage>();
        store.feed(PriorityClass.NORMAL, 10, NOON, sent::addAll);
        assertThat(ids(sent)).containsExactly("a");
        Envelope next = sent.get(0).toLane().envelope().withAttempt(3);
        assertThat(next.route()).isEqualTo("pool:b");
        store.insert(List.of(new DeferredMessage(next, sent.get(0).body(), DeferredMessage.Kind.DEFERRED, LATER, NOON, "", null, null, 0)));
        assertThat(store.get("a")).get().satisfies(row -> assertThat(row.envelope().route()).isEqualTo("pool:b"));
    }

    @Test
    void whatIsBouncedIsADeadLetterWithItsEventsAndASecondTimeChangesNothing() throws SQLException {
        store.insert(List.of(message("a", "google", DeferredMessage.Kind.DEFERRED, 600), message("b", "yahoo", DeferredMessage.Kind.DEFERRED, 600)));
        assertThat(waiting.bounce(GOOGLE, "campaign withdrawn", "node-1", NOON)).isEqualTo(1);
        assertThat(waiting.bounce(GOOGLE, "campaign withdrawn", "node-1", NOON)).isZero();
        assertThat(store.get("a")).isEmpty();
        assertThat(store.get("b")).isPresent();
        DeadLetter.Whole dead = new DeadLetterStore(TestDatabase.dataSource()).get("a").orElseThrow();
        assertThat(dead.letter().reason()).isEqualTo("bounced by operator: campaign withdrawn");
        assertThat(dead.letter().outcome()).isEqualTo(DeadLetter.Kind.BOUNCED);
        assertThat(new String(dead.body(), StandardCharsets.US_ASCII)).isEqualTo("Subject: a\r\n\r\nx");
        assertThat(new EventHistory(TestDatabase.dataSource()).of("a")).extracting(event -> event.kind()).containsExactlyInAnyOrder(EventKind.BOUNCED, EventKind.DEAD_LETTERED);
    }

    @Test
    void whatIsDeferredWhileABounceRunsIsNotMeant() throws SQLException {
        store.insert(List.of(message("late", "google", DeferredMessage.Kind.DEFERRED, 600)));
        assertThat(waiting.bounce(GOOGLE, "x", "node-1", NOON.minusSeconds(1))).isZero();
    }

    @Test
    void eachMessageIsEitherSentOrGivenUpWhateverRunsAtTheSameTime() throws Exception {
        int many = 3 * WaitingMail.BATCH;
        store.insert(IntStream.range(0, many).mapToObj(n -> message("m" + n, "google", DeferredMessage.Kind.DEFERRED, 600)).toList());
        var fed = new ConcurrentLinkedQueue<String>();
        var tasks = new ArrayList<Callable<Integer>>();
        for (int i = 0; i < 2; i++) {
            tasks.add(() -> waiting.retry(GOOGLE, NOON));
            tasks.add(() -> waiting.reroute(GOOGLE, "pool:b", NOON));
            tasks.add(() -> {
                int all = 0;
                for (int round = 0; round < 60; round++) {
                    all += store.feed(PriorityClass.NORMAL, 50, NOON, batch -> batch.forEach(message -> fed.add(message.envelope().id())));
                }
                return all;
            });
            tasks.add(() -> waiting.bounce(new WaitingFilter(new MailFilter(List.of(), "google", null, null, "example.org", null, null), List.of()), "x", "node-1", NOON));
        }
        var threads = Executors.newFixedThreadPool(tasks.size());
        for (var result : threads.invokeAll(tasks)) {
            result.get();
        }
        threads.shutdown();
        List<String> dead = Sql.list(TestDatabase.dataSource(), "select message_id from dead_letter", row -> row.getString(1));
        assertThat(fed).doesNotHaveDuplicates().doesNotContainAnyElementsOf(Set.copyOf(dead));
        assertThat(fed.size() + dead.size() + (int) waiting.count(GOOGLE)).isEqualTo(many);
    }

    @Test
    void whatWaitsForHoldsIsDueOnceOneOfThemHasEnded() throws SQLException {
        store.insert(List.of(held("a", "pool:x pool:y"), held("b", "stream:news"), held("c", "stream:news"), message("d", "google", DeferredMessage.Kind.DEFERRED, 600)));
        assertThat(waiting.release(key -> true, NOON)).isZero();
        assertThat(waiting.release("stream:news"::equals, NOON)).isEqualTo(1);
        assertThat(fed(NOON)).containsExactly("a");
        assertThat(waiting.release(key -> false, NOON)).isEqualTo(2);
        assertThat(waiting.release(key -> false, NOON)).isZero();
        assertThat(fed(NOON)).containsExactlyInAnyOrder("b", "c");
    }

    private List<String> fed(Instant now) throws SQLException {
        var out = new ArrayList<DeferredMessage>();
        store.feed(PriorityClass.NORMAL, 100, now, out::addAll);
        return ids(out);
    }

    private static List<String> ids(List<DeferredMessage> messages) {
        return messages.stream().map(message -> message.envelope().id()).toList();
    }

    private static DeferredMessage held(String id, String key) {
        return message(id, "google", DeferredMessage.Kind.HELD, Duration.ofHours(1).toSeconds(), key);
    }

    private static DeferredMessage message(String id, String provider, DeferredMessage.Kind kind, long inSeconds) {
        return message(id, provider, kind, inSeconds, null);
    }

    private static DeferredMessage message(String id, String provider, DeferredMessage.Kind kind, long inSeconds, @Nullable String heldBy) {
        byte[] body = ("Subject: " + id + "\r\n\r\nx").getBytes(StandardCharsets.US_ASCII);
        var envelope = new Envelope(id, id, null, new EmailAddress("to", "example.org"), provider, "marketing", "spring", List.of(), 100, 5, NOON, 2, body.length);
        return new DeferredMessage(envelope, body, kind, NOON.plusSeconds(inSeconds), NOON, "421 slow down", Category.DEFER_OTHER_POOL, "a", 421, heldBy);
    }
}
