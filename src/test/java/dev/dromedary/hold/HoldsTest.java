package dev.dromedary.hold;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class HoldsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private Instant now = NOON;
    private final Holds holds = new Holds(() -> now);

    @Test
    void aMessageIsHeldByItsProviderItsStreamOrItsCampaign() {
        for (Hold.Kind kind : List.of(Hold.Kind.PROVIDER, Hold.Kind.STREAM, Hold.Kind.CAMPAIGN)) {
            holds.replace(List.of(hold(1, kind, "x", Duration.ofHours(1))));
            assertThat(holds.on(message("x", "x", "x"))).isNotNull();
            assertThat(holds.on(message("y", "y", "y"))).isNull();
            assertThat(holds.on(message("y", "y", null))).isNull();
        }
        holds.replace(List.of(hold(1, Hold.Kind.POOL, "x", Duration.ofHours(1))));
        assertThat(holds.on(message("x", "x", "x"))).as("a pool of that name").isNull();
    }

    @Test
    void ofSeveralHoldsTheOneThatEndsLastIsWaitedFor() {
        holds.replace(List.of(hold(1, Hold.Kind.STREAM, "s", Duration.ofHours(1)), hold(2, Hold.Kind.PROVIDER, "p", Duration.ofHours(3)),
                hold(3, Hold.Kind.CAMPAIGN, "c", Duration.ofHours(2))));
        assertThat(holds.on(message("p", "s", "c"))).extracting(Hold::id).isEqualTo(2L);
    }

    @Test
    void aHoldCountsNoLongerOnceItsTimeIsUp() {
        holds.replace(List.of(hold(1, Hold.Kind.POOL, "a", Duration.ofHours(1))));
        now = NOON.plus(Duration.ofHours(1)).minusNanos(1);
        assertThat(holds.of(Hold.Kind.POOL, "a")).isNotNull();
        assertThat(holds.stands("pool:a")).isTrue();
        now = NOON.plus(Duration.ofHours(1));
        assertThat(holds.of(Hold.Kind.POOL, "a")).isNull();
        assertThat(holds.stands("pool:a")).isFalse();
        assertThat(holds.all()).isEmpty();
    }

    @Test
    void whatSeveralPoolsKeepWaitingGoesAsSoonAsOneIsFree() {
        Hold a = hold(1, Hold.Kind.POOL, "a", Duration.ofHours(1));
        Hold b = hold(2, Hold.Kind.POOL, "b", Duration.ofHours(2));
        String key = Holds.keyOf(List.of(b, a));
        assertThat(key).isEqualTo("pool:a pool:b");
        holds.replace(List.of(a, b));
        assertThat(holds.stands(key)).isTrue();
        holds.replace(List.of(b));
        assertThat(holds.stands(key)).isFalse();
    }

    @Test
    void aCampaignsNameMayHoldSpacesAndColons() {
        Hold hold = hold(1, Hold.Kind.CAMPAIGN, "spring pool:b sale", Duration.ofHours(1));
        holds.replace(List.of(hold));
        assertThat(holds.stands(Holds.keyOf(List.of(hold)))).isTrue();
        assertThat(holds.stands("campaign:spring")).isFalse();
    }

    private static Hold hold(long id, Hold.Kind kind, String value, Duration length) {
        return new Hold(id, kind, value, Hold.Mode.PAUSE, "a test", "ops", NOON, NOON.plus(length));
    }

    private static Envelope message(String provider, String stream, @Nullable String campaign) {
        return new Envelope("m", "m", null, new EmailAddress("a", "example.org"), provider, stream, campaign, List.of(), 100, 3, NOON, 1, 1);
    }
}
