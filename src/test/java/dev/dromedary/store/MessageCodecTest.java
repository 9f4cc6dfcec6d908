package dev.dromedary.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.message.DeliveryTerms;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.time.api.DateTimes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCodecTest {
    private static final Envelope ENVELOPE = new Envelope("s1.1", "s1", null, new EmailAddress("to", "example.org"), "gmail", "marketing", "spring",
            List.of("a,b", "c\\", ""), 100, 5, Instant.parse("2026-03-01T12:00:00.123456789Z"), 3, 42);

    @Property(tries = 300)
    void readsBackWhatItWrote(@ForAll("envelopes") Envelope envelope) {
        assertThat(MessageCodec.fromHeaders(MessageCodec.toHeaders(envelope), envelope.size())).isEqualTo(envelope);
    }

    @Property(tries = 100)
    void writesNamesThatAreSafeInEveryBroker(@ForAll("envelopes") Envelope envelope) {
        assertThat(MessageCodec.toHeaders(envelope).keySet()).allMatch(name -> name.matches("drm_[a-z_]+")).noneMatch(name -> name.startsWith("_AMQ") || name.startsWith("JMS"));
        assertThat(MessageCodec.toHeaders(envelope).values()).allMatch(value -> value instanceof String || value instanceof Integer);
    }

    @Provide
    Arbitrary<Envelope> envelopes() {
        Arbitrary<String> text = Arbitraries.strings().withCharRange(' ', '\ud7ff').ofMinLength(1).ofMaxLength(30);
        Arbitrary<EmailAddress> address = Combinators.combine(text, Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(20)).as(EmailAddress::new);
        Arbitrary<Integer> number = Arbitraries.integers().greaterOrEqual(0);
        return Combinators.combine(text.list().ofSize(4), address.injectNull(0.2), address, text.injectNull(0.3), text.list().ofMaxSize(4), number, DateTimes.instants())
                .as((t, from, to, campaign, tags, n, at) -> new Envelope(t.get(0), t.get(1), from, to, t.get(2), t.get(3), campaign, tags, n % 1000, n % 1001, at, n, n,
                        DeliveryTerms.of(n % 3 == 0 ? null : n % 2_592_000 + 1, n % 2 == 0 ? null : n % 5 == 0 ? "never" : "failure"), campaign));
    }

    @Test
    void passesOverForeignHeaders() {
        Map<String, Object> headers = MessageCodec.toHeaders(ENVELOPE);
        headers.put("_AMQ_DUPL_ID", "retry:s1.1:3");
        headers.put("_AMQ_SCHED_DELIVERY", "1700000000000");
        headers.put("CamelFileName", "x");
        assertThat(MessageCodec.fromHeaders(headers, 42)).isEqualTo(ENVELOPE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"drm_v", "drm_id", "drm_submission", "drm_to", "drm_provider", "drm_stream", "drm_priority", "drm_max_retries", "drm_accepted", "drm_attempt"})
    void namesTheMissingProperty(String name) {
        Map<String, Object> headers = MessageCodec.toHeaders(ENVELOPE);
        headers.remove(name);
        assertThatThrownBy(() -> MessageCodec.fromHeaders(headers, 42)).isInstanceOf(MalformedMessageException.class).hasMessageContaining("[MESSAGE_MALFORMED] " + name + ": missing");
    }

    @Test
    void refusesValuesOfAnotherKind() {
        Map<String, Object> wrong = Map.of("drm_v", 2, "drm_to", "nobody", "drm_from", "@example.org", "drm_attempt", "3", "drm_priority", Long.MAX_VALUE, "drm_id", 7,
                "drm_accepted", "yesterday");
        wrong.forEach((name, value) -> {
            var headers = new HashMap<String, Object>(MessageCodec.toHeaders(ENVELOPE));
            headers.put(name, value);
            assertThatThrownBy(() -> MessageCodec.fromHeaders(headers, 42)).as(name).isInstanceOf(MalformedMessageException.class).hasMessageContaining(name);
        });
    }
}
