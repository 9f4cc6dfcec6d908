package dev.dromedary.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.time.api.DateTimes;
import org.junit.jupiter.api.Test;

class EventCodecTest {

    @Property(tries = 300)
    void readsBackWhatItWrote(@ForAll("events") DeliveryEvent event) {
        assertThat(EventCodec.decode(EventCodec.encode(event))).isEqualTo(event);
    }

    @Provide
    Arbitrary<DeliveryEvent> events() {
        Arbitrary<String> text = Arbitraries.strings().withCharRange('\0', '\ud7ff').ofMaxLength(40);
        Arbitrary<String> optional = text.injectNull(0.3);
        Arbitrary<Integer> number = Arbitraries.integers();
        Arbitrary<Instant> time = DateTimes.instants();
        Arbitrary<List<String>> texts = text.list().ofSize(5);
        Arbitrary<List<String>> optionals = optional.list().ofSize(10);
        return Combinators.combine(texts, optionals, number, number.injectNull(0.3), time, time.injectNull(0.5), Arbitraries.of(EventKind.class),
                text.list().ofMaxSize(3)).as((t, o, n, m, at, next, kind, tags) -> new DeliveryEvent(t.get(0), t.get(1), kind, n, at, o.get(0), o.get(1), t.get(2),
                        t.get(3), o.get(2), t.get(4), o.get(3), tags, n, o.get(4), o.get(5), o.get(6), m, m, next, "node", o.get(7), o.get(8)));
    }

    @Property(tries = 200)
    void refusesOtherBytesWithACode(@ForAll @Size(max = 60) byte[] bytes) {
        assertThatThrownBy(() -> EventCodec.decode(bytes)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("[EVENT_MALFORMED]");
    }

    @Test
    void namesTheMissingField() {
        byte[] json = "{\"id\":\"m1\",\"submission\":\"m1\",\"kind\":\"delivered\",\"at\":\"2026-01-01T00:00:00Z\"}".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EventCodec.decode(json)).hasMessageContaining("[EVENT_MALFORMED] to: missing");
    }

    @Test
    void passesOverFieldsOfALaterVersion() {
        byte[] json = ("{\"id\":\"m1\",\"later\":{\"a\":[1,2]},\"submission\":\"m1\",\"kind\":\"delivered\",\"attempt\":1,\"at\":\"2026-01-01T00:00:00Z\","
                + "\"to\":\"a@b.example\",\"provider\":\"other\",\"stream\":\"default\",\"code\":250,\"node\":\"n\"}").getBytes(StandardCharsets.UTF_8);
        assertThat(EventCodec.decode(json).kind()).isEqualTo(EventKind.DELIVERED);
    }
}
