package dev.dromedary.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is made of a program that answers, answers in part, refuses, is gone, and comes back. */
class TopReaderTest {
    private SampleServer server;
    private volatile Instant now = Samples.NOW;
    private final InstantSource clock = () -> now;

    @BeforeEach
    void start() throws IOException {
        server = new SampleServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void everythingIsAskedForThatTheViewNeeds() throws Exception {
        Snapshot snapshot = feed("secret").round(View.OVERVIEW);
        assertThat(snapshot.trouble()).isNull();
        assertThat(snapshot.answers()).containsKeys(Call.NODE, Call.LANES, Call.ALERTS).doesNotContainKeys(Call.DEFERRED, Call.DEAD);
        assertThat(server.asked).allMatch(request -> request.endsWith(" Bearer secret"));
        assertThat(feed(null).round(View.MAIL).answers()).containsKeys(Call.values());
    }

    @Test
    void nothingIsAskedForMoreOftenThanItsPeriod() throws Exception {
        Feed feed = feed(null);
        feed.round(View.OVERVIEW);
        int first = server.asked.size();
        now = now.plusMillis(900);
        feed.round(View.OVERVIEW);
        assertThat(server.asked.subList(first, server.asked.size())).containsExactly("/v1/throughput null");
        feed.forget();
        feed.round(View.OVERVIEW);
        assertThat(server.asked).hasSize(2 * first + 1);
    }

    @Test
    void detailsAreAskedForWhileTheyAreLookedAt() throws Exception {
        Subject pair = Subject.pair("gmail & co", "bulk");
        server.more.put("/v1/reputation?kind=pool&name=bulk&provider=gmail%20%26%20co", "{\"reputations\": []}");
        Feed feed = feed(null);
        Snapshot snapshot = feed.round(View.MATRIX, pair.paths());
        assertThat(snapshot.details().get(pair.reputation()).has("reputations")).isTrue();
        assertThat(snapshot.details()).as("one that is not there is known not to be").containsKey(pair.waiting());
        int asked = server.asked.size();
        now = now.plusMillis(900);
        feed.round(View.MATRIX, pair.paths());
        assertThat(server.asked.subList(asked, server.asked.size())).containsExactly("/v1/throughput null");
        now = now.plusSeconds(5);
        feed.round(View.MATRIX, pair.paths());
        assertThat(server.asked.subList(asked, server.asked.size())).anyMatch(request -> request.startsWith("/v1/reputation"));
        assertThat(feed.round(View.MATRIX).details()).isEmpty();
    }

    @Test
    void aCallThatIsNotThereIsLeftOutAndOneThatFailsIsNamed() throws Exception {
        server.answers.remove(Call.ALERTS);
        Feed feed = feed(null);
        Snapshot snapshot = feed.round(View.OVERVIEW);
        assertThat(snapshot.has(Call.ALERTS)).isFalse();
        assertThat(snapshot.trouble()).isNull();
        assertThat(snapshot.partly()).isNull();
        server.answers.put(Call.LANES, "not JSON");
        assertThat(feed(null).round(View.OVERVIEW).trouble().code()).isEqualTo("ANSWER_UNREADABLE");
    }

    @Test
    void aMissingAndAnUnknownKeySayWhatToDo() throws Exception {
        server.status = 401;
        server.refusal = "{\"error\": {\"code\": \"UNAUTHENTICATED\", \"subject\": \"Authorization\", \"seen\": \"none\", \"advice\": \"send it\"}}";
        assertThat(feed(null).round(View.OVERVIEW).trouble()).asString().contains("[KEY_MISSING]", "DROMEDARY_API_KEY", "--key-env");
        assertThat(feed("wrong").round(View.OVERVIEW).trouble()).asString().contains("[KEY_MISSING]", "does not know the API key in DROMEDARY_API_KEY");
        server.status = 403;
        server.refusal = "{\"error\": {\"code\": \"FORBIDDEN\", \"subject\": \"Host\", \"seen\": \"x\", \"advice\": \"ask 127.0.0.1\"}}";
        assertThat(feed(null).round(View.OVERVIEW).trouble()).asString().contains("[KEY_REFUSED]", "no API key in DROMEDARY_API_KEY", "[FORBIDDEN] Host: x; ask 127.0.0.1");
    }

    @Test
    void aServerThatIsGoneIsToldWithTheTimeOfItsLastAnswerAndComesBackByItself() throws Exception {
        Feed feed = feed(null);
        feed.round(View.OVERVIEW);
        server.stop();
        now = Samples.NOW.plusSeconds(5);
        Snapshot gone = feed.round(View.OVERVIEW);
        assertThat(gone.trouble().code()).isIn("NOT_RUNNING", "API_UNREACHABLE");
        now = Samples.NOW.plusSeconds(50);
        assertThat(feed.round(View.OVERVIEW).trouble().since()).isEqualTo(Samples.NOW);
        assertThat(gone.has(Call.LANES)).as("what was known stays").isTrue();
        server.start();
        now = Samples.NOW.plusSeconds(60);
        Snapshot back = feed.round(View.OVERVIEW);
        assertThat(back.trouble()).isNull();
        assertThat(back.answered()).isEqualTo(now);
    }

    @Test
    void whatNeverAnswersIsGivenUpInTime() throws Exception {
        try (var silent = new ServerSocket(0)) {
            long start = System.nanoTime();
            Snapshot snapshot = new Feed(new Feed.Access("http://127.0.0.1:" + silent.getLocalPort(), "K", null), clock).round(View.OVERVIEW);
            assertThat(snapshot.trouble().code()).isEqualTo("API_SLOW");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
        }
    }

    @Test
    void aUrlThatIsNoneAndAServerThatIsNoDromedaryAreTold() throws Exception {
        assertThat(new Feed(new Feed.Access("nonsense", "K", null), clock).round(View.OVERVIEW).trouble().code()).isEqualTo("URL_INVALID");
        server.answers.clear();
        assertThat(feed(null).round(View.OVERVIEW).trouble()).asString().contains("[ANSWER_UNREADABLE]", "no Dromedary", "--url");
        server.status = 503;
        assertThat(feed(null).round(View.OVERVIEW).trouble().code()).isEqualTo("API_FAILS");
    }

    private Feed feed(@Nullable String key) {
        return new Feed(new Feed.Access(server.url(), "DROMEDARY_API_KEY", key), clock);
    }
}
