package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MessageIdsTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    @Test
    void idsAscendThoughTheClockStandsStillOrStepsBack() {
        var now = new AtomicLong(NOON.toEpochMilli());
        var ids = new MessageIds(() -> Instant.ofEpochMilli(now.get()), new SplittableRandom(1));
        List<String> made = new ArrayList<>();
        for (int i = 0; i < 3_000; i++) {
            now.addAndGet(i % 3 - 1);
            made.add(ids.next());
        }
        assertThat(made).isSorted().doesNotHaveDuplicates().allMatch(id -> id.matches("[0-9a-hjkmnp-tv-z]{26}"));
    }

    @Test
    void idsOfALaterMillisecondSortAfterThoseOfAnotherNode() {
        String early = new MessageIds(InstantSource.fixed(NOON), new SplittableRandom(1)).next();
        String late = new MessageIds(InstantSource.fixed(NOON.plusMillis(1)), new SplittableRandom(2)).next();
        assertThat(early).isLessThan(late);
    }

    @Test
    void idsAscendThoughTheRandomPartOverflows() {
        RandomGenerator allOnes = () -> -1L;
        var ids = new MessageIds(InstantSource.fixed(NOON), allOnes);
        assertThat(List.of(ids.next(), ids.next(), ids.next())).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void threadsGetDifferentIds() {
        var ids = new MessageIds(InstantSource.fixed(NOON), new SplittableRandom(1));
        Set<String> made = ConcurrentHashMap.newKeySet();
        IntStream.range(0, 20_000).parallel().forEach(i -> made.add(ids.next()));
        assertThat(made).hasSize(20_000);
    }

    @Test
    void submittersIdsAreCheckedForLengthAndCharacters() {
        assertThat(List.of("a", "order-1_2.3+4=5@x:6", "a".repeat(200))).allMatch(MessageIds::valid);
        assertThat(List.of("", "a".repeat(201), "a b", "a\r\n", "<a>", "\u00e4", "a/b")).noneMatch(MessageIds::valid);
    }
}
