package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpCommandTest {

    @ParameterizedTest
    @CsvSource({"mail FROM:<a@b>,MAIL", "Quit,QUIT", "FOO bar,UNKNOWN", "GET / HTTP/1.1,HTTP", "user-agent: x,HTTP", "HTTP,UNKNOWN", "'',UNKNOWN"})
    void verbs_are_known_in_any_case(String line, SmtpVerb verb) {
        assertThat(SmtpCommand.parse(line).verb()).isEqualTo(verb);
    }

    @ParameterizedTest
    @CsvSource({"FROM:<a@b.test>,a@b.test", "from: <a@b.test>,a@b.test", "FROM:<>,''", "FROM:<@x.test:a@b.test>,a@b.test",
            "FROM:<\"a> b\"@c.test>,\"a> b\"@c.test", "FROM:<\"a\\\"> b\"@c.test>,\"a\\\"> b\"@c.test"})
    void paths_are_taken_from_their_brackets_without_source_routes(String argument, String mailbox) throws Exception {
        assertThat(SmtpPath.parse(argument, "FROM:", "").mailbox()).isEqualTo(mailbox);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "FROM", "FROM:", "FROM:a@b.test", "FROM:<a@b.test", "FROM:<a@b.test>SIZE=1", "TO:<a@b.test>", "FROM:<\"a>",
            "FROM:<a@b.test> =1", "FROM:<a@b.test> SIZE=1 size=2", "FROM:<a@b.test> SIZE==1"})
    void broken_mail_arguments_are_syntax_errors(String argument) {
        assertThatThrownBy(() -> SmtpPath.parse(argument, "FROM:", "")).isInstanceOfSatisfying(SmtpReplyException.class,
                e -> assertThat(e.answer().code()).isEqualTo(501));
    }

    @Test
    void parameters_keep_their_values() throws Exception {
        assertThat(SmtpPath.parse("FROM:<a@b.test>  size=12 SMTPUTF8", "FROM:", "").parameters()).isEqualTo(Map.of("SIZE", "12", "SMTPUTF8", ""));
    }

    @ParameterizedTest
    @CsvSource({"SIZE,x,501", "SIZE,'',501", "SIZE,-1,501", "SIZE,101,552", "SIZE,99999999999999999999,552", "SIZE,999999999999999999999,501",
            "BODY,BINARYMIME,501", "BODY,'',501", "SMTPUTF8,yes,501", "AUTH,'',501", "AUTH,a+b,501", "RET,FULL,555", "XYZ,'',555"})
    void bad_and_unknown_mail_parameters_are_refused(String keyword, String value, int code) {
        assertThatThrownBy(() -> SmtpMailParameters.parse(Map.of(keyword, value), 100)).isInstanceOfSatisfying(SmtpReplyException.class,
                e -> assertThat(e.answer().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource({"SIZE,100,100,false", "SIZE,0,0,false", "SIZE,00000000000000000007,7,false", "BODY,8bitmime,0,false", "BODY,7BIT,0,false", "SMTPUTF8,'',0,true",
            "AUTH,<>,0,false", "AUTH,e+3Dmc2@example.com,0,false"})
    void offered_mail_parameters_are_taken(String keyword, String value, long size, boolean smtpUtf8) throws Exception {
        assertThat(SmtpMailParameters.parse(Map.of(keyword, value), 100)).isEqualTo(new SmtpMailParameters(size, smtpUtf8));
    }
}
