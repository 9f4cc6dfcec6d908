package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WaitsTextTest {
    @Test
    void readsWaitsInOrderWithTheirRepetitions() {
        Waits waits = WaitsText.parse(" 1m,5m*2 , 1h * 3, 4h");
        assertThat(waits).hasToString("1m, 5m*2, 1h*3, 4h");
        assertThat(List.of(waits.after(1), waits.after(2), waits.after(3), waits.after(4), waits.after(6), waits.after(7), waits.after(900)))
                .containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(5), Duration.ofHours(1), Duration.ofHours(1), Duration.ofHours(4), Duration.ofHours(4));
    }

    @Property(tries = 200)
    void readsBackWhatItPrints(@ForAll @Size(min = 1, max = 8) List<@IntRange(min = 1, max = 604_800) Integer> seconds, @ForAll @IntRange(min = 1, max = 1_000) int times) {
        Waits waits = new Waits(seconds.stream().map(second -> new Waits.Step(Duration.ofSeconds(second), times)).toList());
        assertThat(WaitsText.parse(waits.toString())).isEqualTo(waits);
    }

    @Test
    void theTimesOfRetriesEndWithTheAgeOrTheirNumber() {
        Waits waits = WaitsText.parse("1m, 5m*2, 1h");
        assertThat(waits.retries(Duration.ofHours(2), 30)).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(6), Duration.ofMinutes(11), Duration.ofMinutes(71), Duration.ofHours(2));
        assertThat(waits.retries(Duration.ofDays(5), 2)).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(6));
        assertThat(waits.retries(Duration.ofDays(5), 0)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "5m, 5x| at character 5 stands \"5x\"",
        "5m,, 1h| at character 4 nothing stands",
        "5m, | at character 4 nothing stands",
        "0m| at character 1 stands \"0m\"",
        "1m, 0s*3| at character 5 stands \"0s\"",
        "5m*0| at character 4 stands \"0\"",
        "5m*x| at character 4 stands \"x\"",
        "5m*2*2| at character 4 stands \"2*2\"",
        "8d| at character 1 stands \"8d\"",
        "5m;1h| at character 1 stands \"5m;1h\""})
    void whatCannotBeReadIsNamedWithItsPosition(String text, String message) {
        assertThatThrownBy(() -> WaitsText.parse(text)).isInstanceOf(BadValue.class).hasMessageStartingWith(message.replace("\"\"", "\""));
    }
}
