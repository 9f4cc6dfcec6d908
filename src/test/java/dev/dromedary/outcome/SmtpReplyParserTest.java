package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpReplyParserTest {

    @Test
    void joinsTheLinesOfTheWire() {
        assertThat(SmtpReplyParser.parse("421-4.7.28 Gmail has detected\r\n421-4.7.28 an unusual rate\r\n421 4.7.28 of mail\r\n"))
                .isEqualTo(new SmtpReply(421, "4.7.28", "421 4.7.28 Gmail has detected an unusual rate of mail"));
        assertThat(SmtpReplyParser.parse(List.of("550-no", "550 such user"))).isEqualTo(new SmtpReply(550, null, "550 no such user"));
    }

    @Test
    void joinsTheLinesThatALogHasJoinedByBlanks() {
        assertThat(SmtpReplyParser.parse("550-5.1.1 the account does 550-5.1.1 not exist 550 5.1.1 here").text()).isEqualTo("550 5.1.1 the account does not exist here");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            smtp; 550 5.1.1 <a@b.example>: User unknown                        | 550 | 5.1.1
            SMTP;550 no                                                         | 550 |
            host mx.example[192.0.2.1] said: 452 4.2.2 Mailbox full (in reply)  | 452 | 4.2.2
            550 sorry, no mailbox here by that name. (#5.1.1)                   | 550 | 5.1.1
            553-5.1.2 x                                                         | 553 | 5.1.2
            550                                                                 | 550 |
            554 Exim 4.2.1 rejected                                             | 554 |
            250 2.0.0 Ok: queued as 4.2.1                                       | 250 | 2.0.0
            550 from 5.1.1.1 refused                                            | 550 |
            550 5.1.1/24 no                                                     | 550 |
            5.1.1 user unknown                                                  |   0 | 5.1.1
            the server at 550 Main Street                                       |   0 |
            5501 no                                                             |   0 |
            255                                                                 |   0 |
            999 no                                                              |   0 |
            user unknown                                                        |   0 |
            """)
    void findsCodeAndStatus(String text, int code, String enhanced) {
        SmtpReply reply = SmtpReplyParser.parse(text);

        assertThat(reply.code()).isEqualTo(code);
        assertThat(reply.enhanced()).isEqualTo(enhanced);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\r\n", "\u0000\u0001", "550", "\uD800\uDFFF", "----", "5.1", "\t\t"})
    void readsAnything(String text) {
        assertThat(SmtpReplyParser.parse(text).text()).isNotNull();
    }

    @Test
    void takesTheClientsWordForTheCode() {
        assertThat(SmtpReplyParser.parse(550, "550-5.1.1 a\n550 5.1.1 b\n")).isEqualTo(new SmtpReply(550, "5.1.1", "550 5.1.1 a b"));
        assertThat(SmtpReplyParser.parse(255, "255 odd")).isEqualTo(new SmtpReply(255, null, "255 odd"));
    }

    @Test
    void keepsNoMoreThanFourThousandCharacters() {
        assertThat(SmtpReplyParser.parse("550 " + "x".repeat(60_000)).text()).hasSize(4_000);
        assertThat(SmtpReplyParser.parse("550-x\n".repeat(20_000)).text()).hasSizeLessThanOrEqualTo(4_000);
    }
}
