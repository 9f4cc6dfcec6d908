package dev.dromedary.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SuppressionIndexTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private final SuppressionIndex index = new SuppressionIndex();

    @Test
    void tellsStreamsApartAndEndsInTime() {
        index.put("ann@example.org", "news", NOON.plusSeconds(10));
        assertThat(index.contains("ann@example.org", "news", NOON)).isTrue();
        assertThat(index.contains("ann@example.org", "", NOON)).isFalse();
        assertThat(index.contains("ann@example.org", "news", NOON.plusSeconds(10))).isFalse();
        index.put("ann@example.org", "news", null);
        assertThat(index.contains("ann@example.org", "other", NOON)).isFalse();
        index.put("bob@example.org", "", null);
        assertThat(index.contains("bob@example.org", "other", NOON)).as("of every stream").isTrue();
        assertThat(index.contains("ann@example.org", "news", Instant.parse("2199-01-01T00:00:00Z"))).isTrue();
    }

    @Test
    void extendsWhatEndsSoonerAndCutsNothingShort() {
        index.extend("ann@example.org", "", NOON.plusSeconds(10));
        index.extend("ann@example.org", "", NOON.plusSeconds(5));
        assertThat(index.contains("ann@example.org", "", NOON.plusSeconds(9))).isTrue();
        index.extend("ann@example.org", "", null);
        index.extend("ann@example.org", "", NOON.plusSeconds(5));
        assertThat(index.contains("ann@example.org", "", NOON.plusSeconds(1_000_000))).isTrue();
    }

    @Test
    void isAMapWhateverIsAddedAndRemovedInWhateverOrder() {
        var random = new Random(7);
        Map<String, Boolean> model = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            String address = "u" + random.nextInt(5_000) + "@example.org";
            if (random.nextInt(3) == 0) {
                index.remove(address, "");
                model.remove(address);
            } else {
                index.put(address, "", null);
                model.put(address, true);
            }
        }
        assertThat(index.size()).isEqualTo(model.size());
        for (int i = 0; i < 5_000; i++) {
            String address = "u" + i + "@example.org";
            assertThat(index.contains(address, "", NOON)).as(address).isEqualTo(model.containsKey(address));
        }
    }
}
