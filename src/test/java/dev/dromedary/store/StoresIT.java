package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoresIT {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123456Z");
    private static final Instant LATER = NOON.plusSeconds(30);
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final InstantSource clock = now::get;
    private final DeadLetterStore dead = new DeadLetterStore(TestDatabase.dataSource());

    @BeforeEach
    void empty() throws SQLException {
        TestDatabase.empty();
    }

    @Test
    void readsBackADeadLetterFromTheBrokerAndFromTheDatabase() throws SQLException {
        DeadLetter.Whole whole = letter("s1.1", 3, NOON);
        assertThat(DeadLetter.Whole.fromHeaders(whole.letter().toHeaders(), whole.body())).usingRecursiveComparison().isEqualTo(whole);
        assertThat(dead.insert(List.of(whole, whole))).isEqualTo(1);
        assertThat(dead.insert(List.of(whole))).isZero();
        assertThat(dead.get("s1.1")).get().usingRecursiveComparison().isEqualTo(whole);
    }

    @Test
    void listsDeadLettersLatestFirstByFilterAndPage() throws SQLException {
        dead.insert(List.of(letter("s1.1", 1, NOON), letter("s1.2", 1, NOON.plusSeconds(1)), letter("s2", 1, NOON.plusSeconds(2))));
        assertThat(dead.list(MailFilter.ANY, 2, 0)).extracting(letter -> letter.envelope().id()).containsExactly("s2", "s1.2");
        assertThat(dead.list(MailFilter.ANY, 2, 2)).extracting(letter -> letter.envelope().id()).containsExactly("s1.1");
        assertThat(dead.count(MailFilter.ofIds(List.of("s1")))).isEqualTo(2);
        assertThat(dead.count(new MailFilter(List.of("s1", "s2"), "gmail", "marketing", "spring", "example.org", "a", "permanent-recipient"))).isEqualTo(3);
        assertThat(dead.count(MailFilter.ofProvider("yahoo"))).isZero();
    }

    @Test
    void replaysEachLetterOnceAndNoneWhenTheSenderFails() throws SQLException {
        dead.insert(List.of(letter("s1.1", 3, NOON), letter("s1.2", 3, NOON.plusSeconds(1)), letter("s2", 3, NOON)));
        assertThatThrownBy(() -> dead.replay(MailFilter.ANY, 10, NOON, batch -> {
            throw new IllegalStateException("broker away");
        })).isInstanceOf(IllegalStateException.class);
        var sent = new ArrayList<LaneMessage>();
        assertThat(dead.replay(MailFilter.ofIds(List.of("s1")), 10, LATER, batch -> batch.forEach(whole -> sent.add(whole.toLane(5, NOON))))).isEqualTo(2);
        assertThat(dead.replay(MailFilter.ofIds(List.of("s1")), 10, LATER, batch -> { })).isZero();
        assertThat(sent.get(0).envelope().attempt()).isEqualTo(4);
        assertThat(sent.get(0).envelope().maxRetries()).isEqualTo(8);
        assertThat(dead.get("s1.1")).get().satisfies(whole -> assertThat(whole.letter().replayedAt()).isEqualTo(LATER));
        assertThat(dead.insert(List.of(letter("s1.1", 4, NOON.plusSeconds(60))))).as("it died again").isEqualTo(1);
        assertThat(dead.replay(MailFilter.ofIds(List.of("s1.1")), 10, LATER, batch -> { })).as("after the call began").isZero();
        assertThat(dead.replay(MailFilter.ofIds(List.of("s1.1")), 10, NOON.plusSeconds(60), batch -> { })).isEqualTo(1);
    }

    @Test
    void dropsWhatWasNotReplayedAndNothingWhereItsFarewellFails() throws SQLException {
        dead.insert(List.of(letter("s1.1", 3, NOON), letter("s1.2", 3, NOON), letter("s2", 3, NOON)));
        assertThat(dead.replay(MailFilter.ofIds(List.of("s1.1")), 10, LATER, batch -> { })).isEqualTo(1);
        assertThatThrownBy(() -> dead.drop(MailFilter.ofIds(List.of("s1")), (connection, letters) -> {
            throw new SQLException("no audit log");
        })).isInstanceOf(SQLException.class);
        assertThat(dead.count(MailFilter.ANY)).isEqualTo(3);
        var dropped = new ArrayList<String>();
        assertThat(dead.drop(MailFilter.ofIds(List.of("s1")), (connection, letters) -> letters.forEach(one -> dropped.add(one.envelope().id())))).isEqualTo(1);
        assertThat(dropped).containsExactly("s1.2");
        assertThat(dead.drop(MailFilter.ofIds(List.of("none")), (connection, letters) -> dropped.add("none"))).isZero();
        assertThat(dropped).hasSize(1);
    }

    @Test
    void exportsAndPurges() throws SQLException {
        dead.insert(List.of(letter("m2", 1, NOON.plusSeconds(1)), letter("m1", 1, NOON)));
        var exported = new ArrayList<String>();
        assertThat(dead.export(MailFilter.ANY, whole -> exported.add(whole.letter().envelope().id()))).isEqualTo(2);
        assertThat(exported).containsExactly("m1", "m2");
        assertThat(dead.purge(NOON.plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void forgetsAKeyWhenItsWindowIsOver() throws SQLException {
        var keys = new IdempotencyStore(TestDatabase.dataSource(), clock);
        Sql.update(TestDatabase.dataSource(), "insert into idempotency values ('k', 'hash', 's1', ?, ?)", NOON, NOON.plusSeconds(60));
        assertThat(keys.find("k")).get().isEqualTo(new IdempotencyStore.Entry("k", "hash", "s1", NOON, NOON.plusSeconds(60)));
        assertThat(keys.find("other")).isEmpty();
        assertThat(keys.purge()).isZero();
        now.set(NOON.plusSeconds(60));
        assertThat(keys.find("k")).isEmpty();
        assertThat(keys.purge()).isEqualTo(1);
    }

    private static DeadLetter.Whole letter(String id, int attempt, Instant deadAt) {
        byte[] body = "Subject: x\r\n\r\nx".getBytes(StandardCharsets.US_ASCII);
        var envelope = new Envelope(id, id.replaceFirst("\\..*", ""), new EmailAddress("from", "example.com"), new EmailAddress("to", "example.org"), "gmail", "marketing",
                "spring", List.of(), 100, 5, NOON, attempt, body.length);
        return new DeadLetter.Whole(new DeadLetter(envelope, DeadLetter.Kind.BOUNCED, "550 no such user", 550, "5.1.1", "permanent-recipient", "a", deadAt, null), body);
    }
}
