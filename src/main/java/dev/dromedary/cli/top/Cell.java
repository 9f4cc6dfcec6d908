package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A pool towards a provider.
 *
 * @param most  conversations that it may have now
 * @param pace  messages a second that it may send now; NaN where nothing says
 * @param until when what holds it back is over, or the next step back comes; null where that is not known
 */
record Cell(String provider, String pool, State state, double score, long inFlight, long most, double pace, @Nullable Instant until, String why, Flow flow) {
    /** What the API gives where nothing limits. */
    private static final long NO_LIMIT = 1_000_000;
    private static final String EJECTED = "taken out until";

    enum State {
        EJECTED("ejected", Ink.BAD), HALTED("halted", Ink.BAD), PAUSED("paused", Ink.WARN), THROTTLED("throttled", Ink.WARN), FULL("no room", Ink.WARN), FREE("free", Ink.GOOD);

        final String word;
        final Ink ink;

        State(String word, Ink ink) {
            this.word = word;
            this.ink = ink;
        }
    }

    static List<Cell> all(Scene scene) {
        return scene.list(Call.MATRIX, "cells").stream().map(one -> of(one, scene)).toList();
    }

    boolean isHeldBack() {
        return state != State.FREE;
    }

    private static Cell of(JsonNode one, Scene scene) {
        JsonNode ceiling = one.path("ceiling");
        String provider = one.path("provider").asText();
        String pool = one.path("pool").asText();
        Instant halted = Figures.instant(ceiling.path("halted_until"));
        String binding = one.path("binding").isTextual() ? one.path("binding").asText() : "";
        String why = ceiling.path("why").asText("");
        Instant paused = paused(scene, pool, provider);
        State state = halted != null && (paused == null || !paused.isAfter(halted)) ? why.contains(EJECTED) ? State.EJECTED : State.HALTED : paused != null ? State.PAUSED : ceiling.isObject() ? State.THROTTLED : binding.isEmpty() ? State.FREE : State.FULL;
        long most = Math.min(one.path("max_connections").asLong(NO_LIMIT), ceiling.path("connections").isNumber() ? ceiling.path("connections").asLong() : NO_LIMIT);
        return new Cell(provider, pool, state, one.path("score").asDouble(Double.NaN), one.path("in_flight").asLong(), most, ceiling.path("per_second").asDouble(Double.NaN),
                halted != null || paused != null ? later(halted, paused) : state == State.THROTTLED ? end(scene, one) : null, scene.text(why.isEmpty() || state == State.PAUSED ? binding : why), scene.rates().pair(provider, pool));
    }

    /** Until when an operator or a breaker holds the pool or the provider; null where nobody does. */
    private static @Nullable Instant paused(Scene scene, String pool, String provider) {
        return scene.list(Call.HOLDS, "holds").stream().filter(one -> one.path("value").asText().equals(switch (one.path("kind").asText()) {
            case "pool" -> pool;
            case "provider" -> provider;
            default -> "";
        })).map(one -> Figures.instant(one.path("expires"))).filter(Objects::nonNull).max(Comparator.naturalOrder()).orElse(null);
    }

    /** Both have to be over. */
    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null ? other : other == null || one.isAfter(other) ? one : other;
    }

    /** Of the reaction or warning that the pair is under. */
    private static @Nullable Instant end(Scene scene, JsonNode cell) {
        return Stream.concat(scene.list(Call.REACTIONS, "reactions").stream().filter(one -> same(one, cell)).map(one -> Figures.instant(one.path("step_until"))),
                scene.list(Call.WARNINGS, "warnings").stream().filter(one -> same(one, cell)).map(one -> Figures.instant(one.path("end")))).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static boolean same(JsonNode one, JsonNode cell) {
        return one.path("provider").equals(cell.path("provider")) && one.path("pool").equals(cell.path("pool"));
    }

    String conversations() {
        return most < NO_LIMIT ? inFlight + "/" + most : String.valueOf(inFlight);
    }

    String scoreText() {
        return Double.isNaN(score) ? Figures.NONE : String.format(Locale.ROOT, "%.2f", score);
    }

    static Ink scoreInk(double score) {
        return score < 0.5 ? Ink.BAD : score < 0.8 ? Ink.WARN : Ink.PLAIN;
    }
}
