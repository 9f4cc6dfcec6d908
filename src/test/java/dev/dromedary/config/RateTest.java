package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateTest {
    @ParameterizedTest
    @CsvSource({"100,PT1M,100/min", "1,PT10S,1/10s", "300,PT1H,300/h", "5,P1D,5/day", "7,PT90S,7/90s", "1,PT5M,1/5m", "2,PT48H,2/2d"})
    void isShownAsItIsWritten(long permits, Duration period, String written) {
        assertThat(new Rate(permits, period)).hasToString(written);
    }
}
