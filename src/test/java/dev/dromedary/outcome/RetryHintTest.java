package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RetryHintTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "451 4.7.1 try again in 300 seconds | PT300S",
        "450 4.2.0 Greylisted, see https://example.org/?x=1 , please try again in 5 minutes | PT5M",
        "421 Too many connections, retry after 4 hours | PT4H",
        "451 Please retry later than 10 minutes from now | PT10M",
        "451 4.7.1 Greylisted for 00:04:30 | PT4M30S",
        "450 Recipient address rejected: Greylisted for 5 minutes | PT5M",
        "421 4.7.0 Too many messages, try again in 60 seconds | PT60S"})
    void readsTheWaitThatAServerAsksFor(String reply, Duration wait) {
        assertThat(RetryHint.parse(reply)).contains(wait);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "451 4.3.0 Try again later",
        "421 4.7.0 Try again later, closing connection. 1.2.3.4",
        "550 mailbox inactive for 60 days",
        "451 try again in 0 seconds",
        "451 try again in 900 hours"})
    void readsNoneWhereThereIsNoneOrNoSensibleOne(String reply) {
        assertThat(RetryHint.parse(reply)).isEmpty();
    }
}
