package dev.dromedary.ingress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmtpIngressIT {
    private final SmtpTestIntake intake = new SmtpTestIntake();
    private SmtpIngress ingress;

    @AfterEach
    void stop() {
        if (ingress != null) {
            ingress.close();
        }
    }

    private SmtpTestClient connect(SmtpTestListener listener) throws IOException {
        ingress = listener.start(intake);
        return SmtpTestClient.greeted(ingress.port());
    }

    private SmtpTestClient connect() throws IOException {
        return connect(SmtpTestListener.plain());
    }

    @Test
    void ehlo_offers_what_there_is_and_nothing_else() throws IOException {
        ingress = SmtpTestListener.plain().start(intake);
        try (var client = new SmtpTestClient(ingress.port())) {
            assertThat(client.reply()).isEqualTo("220 in.test ESMTP Dromedary");
            assertThat(client.ask("EHLO client.test").lines()).containsExactlyInAnyOrder("250-in.test", "250-PIPELINING", "250-8BITMIME",
                    "250-SMTPUTF8", "250-ENHANCEDSTATUSCODES", "250 SIZE 100000");
            assertThat(client.ask("HELO client.test")).isEqualTo("250 in.test");
        }
    }

    @Test
    void a_message_is_handed_on_with_its_envelope_and_answered_with_its_id() throws IOException {
        try (var client = connect()) {
            assertThat(client.ask("MAIL FROM:<a@b.test> SIZE=20 BODY=8BITMIME")).isEqualTo("250 2.1.0 Ok");
            assertThat(client.ask("RCPT TO:<c@d.test>")).isEqualTo("250 2.1.5 Ok");
            assertThat(client.ask("rcpt to:<e@f.test>")).isEqualTo("250 2.1.5 Ok");
            assertThat(client.ask("DATA")).startsWith("354 ");
            client.send("Subject: x\r\n\r\n..dots\r\n...\r\n.\r\n");
            assertThat(client.reply()).isEqualTo("250 2.0.0 Ok: queued as id-1");
            assertThat(client.ask("QUIT")).isEqualTo("221 2.0.0 Bye");
            assertThat(client.reply()).isEqualTo("closed");
        }
        var submission = intake.only();
        assertThat(submission.from()).isEqualTo("a@b.test");
        assertThat(submission.to()).containsExactly("c@d.test", "e@f.test");
        assertThat(submission.remoteAddress()).isEqualTo("127.0.0.1");
        assertThat(submission.user()).isNull();
        assertThat(submission.smtpUtf8()).isFalse();
        assertThat(intake.text()).isEqualTo("Subject: x\r\n\r\n.dots\r\n..\r\n");
    }

    @Test
    void the_null_reverse_path_is_allowed() throws IOException {
        try (var client = connect()) {
            assertThat(client.submit("", "c@d.test", "x")).startsWith("250 ");
        }
        assertThat(intake.only().from()).isNull();
    }

    @Test
    void bare_line_ends_and_eight_bit_octets_reach_the_intake_as_they_came() throws IOException {
        try (var client = connect()) {
            client.submit("a@b.test", "c@d.test", "a\rb\nc\u00e9\n.\nd");
        }
        assertThat(intake.text()).isEqualTo("a\rb\nc\u00e9\n.\nd\r\n");
    }

    @Test
    void a_message_with_nul_is_refused_and_its_sender_no_longer_believed() throws IOException {
        try (var client = connect()) {
            assertThat(client.submit("a@b.test", "c@d.test", "x\0y")).startsWith("554 5.6.0 NUL in message");
            assertThat(client.reply()).isEqualTo("closed");
        }
        assertThat(intake.accepted).isEmpty();
    }

    @Test
    void a_pipelined_group_is_answered_in_order_and_refused_recipients_cost_nothing_else() throws IOException {
        try (var client = connect()) {
            client.send("RSET\r\nMAIL FROM:<a@b.test>\r\nRCPT TO:<nonsense>\r\nRCPT TO:<c@d.test>\r\nRCPT TO:<@>\r\nDATA\r\n");
            assertThat(client.reply()).isEqualTo("250 2.0.0 Ok");
            assertThat(client.reply()).isEqualTo("250 2.1.0 Ok");
            assertThat(client.reply()).startsWith("553 5.1.3 [ADDRESS_MALFORMED] RCPT TO: nonsense; ");
            assertThat(client.reply()).isEqualTo("250 2.1.5 Ok");
            assertThat(client.reply()).startsWith("553 5.1.3 ");
            assertThat(client.reply()).startsWith("354 ");
            client.send("first\r\n.\r\nMAIL FROM:<x@b.test>\r\nRCPT TO:<y@d.test>\r\nDATA\r\n");
            assertThat(client.reply()).startsWith("250 2.0.0 Ok: queued as");
            assertThat(client.reply()).startsWith("250 2.1.0");
            assertThat(client.reply()).startsWith("250 2.1.5");
            assertThat(client.reply()).startsWith("354 ");
            client.send("second\r\n.\r\nQUIT\r\n");
            assertThat(client.reply()).isEqualTo("250 2.0.0 Ok: queued as id-2");
            assertThat(client.reply()).startsWith("221 ");
        }
        assertThat(intake.accepted).extracting(SmtpSubmission::to).containsExactly(List.of("c@d.test"), List.of("y@d.test"));
    }

    @Test
    void a_group_whose_recipients_are_all_refused_gets_no_354() throws IOException {
        try (var client = connect()) {
            client.send("MAIL FROM:<a@b.test>\r\nRCPT TO:<nonsense>\r\nDATA\r\n");
            assertThat(client.reply()).startsWith("250 ");
            assertThat(client.reply()).startsWith("553 ");
            assertThat(client.reply()).isEqualTo("554 5.5.1 No valid recipients");
            assertThat(client.ask("RSET")).startsWith("250 ");
            assertThat(client.submit("a@b.test", "c@d.test", "x")).startsWith("250 ");
        }
    }

    @Test
    void a_message_sent_without_waiting_for_354_is_never_read_as_commands() throws IOException {
        try (var client = connect()) {
            client.send("MAIL FROM:<a@b.test>\r\nRCPT TO:<nonsense>\r\nDATA\r\nRSET\r\nMAIL FROM:<evil@b.test>\r\nRCPT TO:<c@d.test>\r\nDATA\r\nx\r\n.\r\n");
            assertThat(client.rest().lines()).last().isEqualTo("554 5.5.1 No valid recipients");
        }
        assertThat(intake.accepted).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "FOO|500 5.5.2", "''|500 5.5.2", "VRFY user|252 2.5.0", "EXPN list|502 5.5.1", "HELP|214 2.0.0", "NOOP ignored|250 2.0.0", "RSET|250 2.0.0",
        "EHLO|501 5.5.4", "RCPT TO:<a@b.test>|503 5.5.1", "DATA|503 5.5.1", "DATA now|501 5.5.4", "MAIL FROM:a@b.test|501 5.5.4",
        "MAIL FROM:<nonsense>|553 5.1.7", "MAIL FROM:<a@b.test> SIZE=100001|552 5.3.4", "MAIL FROM:<a@b.test> RET=FULL|555 5.5.4",
        "MAIL FROM:<a@b.test> BODY=BINARYMIME|501 5.5.4", "MAIL FROM:<a@b.test> AUTH=<> SMTPUTF8|250 2.1.0", "STARTTLS|502 5.5.1", "AUTH PLAIN|502 5.5.1"})
    void single_commands_get_the_reply_of_the_standard(String command, String start) throws IOException {
        try (var client = connect()) {
            assertThat(client.ask(command)).startsWith(start + " ");
            assertThat(client.ask("NOOP")).startsWith("250 ");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"BDAT 5 LAST", "GET / HTTP/1.1", "POST / HTTP/1.1", "Host: localhost"})
    void what_is_no_smtp_conversation_ends_at_once(String line) throws IOException {
        try (var client = connect()) {
            client.send(line + "\r\nMAIL FROM:<a@b.test>\r\n");
            assertThat(client.rest().lines()).hasSize(1);
        }
    }

    @Test
    void mail_wants_a_greeting_and_comes_once() throws IOException {
        ingress = SmtpTestListener.plain().start(intake);
        try (var client = new SmtpTestClient(ingress.port())) {
            client.reply();
            assertThat(client.ask("MAIL FROM:<a@b.test>")).startsWith("503 5.5.1");
            assertThat(client.ask("HELO [127.0.0.1]")).startsWith("250 ");
            assertThat(client.ask("MAIL FROM:<a@b.test>")).startsWith("250 ");
            assertThat(client.ask("MAIL FROM:<a@b.test>")).startsWith("503 5.5.1");
            assertThat(client.ask("EHLO again")).startsWith("250-");
            assertThat(client.ask("RCPT TO:<a@b.test>")).startsWith("503 5.5.1");
        }
    }

    @Test
    void recipients_beyond_the_limit_are_put_off_and_the_rest_goes_through() throws IOException {
        try (var client = connect(SmtpTestListener.plain().maxRecipients(2))) {
            client.ask("MAIL FROM:<a@b.test>");
            assertThat(client.ask("RCPT TO:<1@d.test>")).startsWith("250 ");
            assertThat(client.ask("RCPT TO:<2@d.test>")).startsWith("250 ");
            assertThat(client.ask("RCPT TO:<3@d.test>")).startsWith("452 4.5.3 ");
            client.ask("DATA");
            client.send("x\r\n.\r\n");
            assertThat(client.reply()).startsWith("250 ");
        }
        assertThat(intake.only().to()).containsExactly("1@d.test", "2@d.test");
    }

    @Test
    void postmaster_needs_no_domain_and_a_utf8_local_part_needs_smtputf8() throws IOException {
        try (var client = connect()) {
            client.ask("MAIL FROM:<a@b.test>");
            assertThat(client.ask("RCPT TO:<Postmaster>")).startsWith("250 ");
            assertThat(client.ask("RCPT TO:<j\u00f6@d.test>")).startsWith("553 5.6.7 ");
            client.ask("RSET");
            client.ask("MAIL FROM:<\u00e4@b.test> SMTPUTF8");
            assertThat(client.ask("RCPT TO:<j\u00f6@d.test>")).startsWith("250 ");
            client.ask("DATA");
            client.send("x\r\n.\r\n");
            client.reply();
        }
        assertThat(intake.only().to()).containsExactly("j\u00f6@d.test");
        assertThat(intake.only().from()).isEqualTo("\u00e4@b.test");
        assertThat(intake.only().smtpUtf8()).isTrue();
    }

    @Test
    void a_message_over_the_size_is_refused_at_its_end_and_the_conversation_goes_on() throws IOException {
        try (var client = connect(SmtpTestListener.plain().maxSize(1000))) {
            assertThat(client.submit("a@b.test", "c@d.test", "x".repeat(999))).isEqualTo("552 5.3.4 Message larger than 1000 octets");
            assertThat(client.submit("a@b.test", "c@d.test", "x".repeat(50_000))).startsWith("552 5.3.4");
            assertThat(client.submit("a@b.test", "c@d.test", "x".repeat(998))).startsWith("250 ");
        }
        assertThat(intake.only().data()).hasSize(1000);
    }

    @Test
    void a_message_without_an_end_in_sight_is_cut_off() throws IOException {
        try (var client = connect(SmtpTestListener.plain().maxSize(1000))) {
            client.ask("MAIL FROM:<a@b.test>");
            client.ask("RCPT TO:<c@d.test>");
            client.ask("DATA");
            client.send("x".repeat(1_300_000));
            assertThat(client.reply()).startsWith("552 5.3.4");
            assertThat(client.reply()).isEqualTo("closed");
        }
    }

    @Test
    void a_large_message_arrives_octet_for_octet() throws IOException {
        String content = "0123456789abcdef\r\n".repeat(400_000);
        try (var client = connect(SmtpTestListener.plain().maxSize(10_000_000))) {
            assertThat(client.submit("a@b.test", "c@d.test", content)).startsWith("250 ");
        }
        assertThat(intake.text()).isEqualTo(content + "\r\n");
    }

    @Test
    void a_client_that_leaves_in_the_middle_of_data_has_sent_nothing() throws IOException {
        try (var client = connect()) {
            client.ask("MAIL FROM:<a@b.test>");
            client.ask("RCPT TO:<c@d.test>");
            client.ask("DATA");
            client.send("half a mess");
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> ingress.connections() == 0);
        assertThat(intake.accepted).isEmpty();
    }

    @Test
    void lines_too_long_or_badly_ended_are_syntax_errors_and_the_next_line_is_fine() throws IOException {
        try (var client = connect()) {
            assertThat(client.ask("NOOP " + "x".repeat(3000))).isEqualTo("500 5.5.2 Command line too long");
            assertThat(client.ask("NOOP " + "x".repeat(100_000))).isEqualTo("500 5.5.2 Command line too long");
            client.send("NOOP\n");
            assertThat(client.reply()).startsWith("500 5.5.2 End command lines with CRLF");
            assertThat(client.ask("NOOP \r x")).startsWith("500 5.5.2 ");
            assertThat(client.ask("NOOP \0")).startsWith("500 5.5.2 ");
            client.send("NOOP \u00fc\r\n".getBytes(StandardCharsets.ISO_8859_1));
            assertThat(client.reply()).startsWith("500 5.5.2 ");
            assertThat(client.ask("NOOP")).startsWith("250 ");
        }
    }

    @Test
    void a_command_that_comes_in_pieces_is_one_command() throws IOException {
        try (var client = connect()) {
            for (String piece : new String[] {"NO", "OP", "\r", "\nMAIL FROM:<a@", "b.test>\r\n"}) {
                client.send(piece);
            }
            assertThat(client.reply()).startsWith("250 2.0.0");
            assertThat(client.reply()).startsWith("250 2.1.0");
        }
    }

    @Test
    void too_many_errors_end_the_conversation() throws IOException {
        try (var client = connect()) {
            client.send("FOO\r\n".repeat(30));
            assertThat(client.rest().lines()).hasSize(20).last().isEqualTo("421 4.7.0 Too many errors");
        }
    }

    @Test
    void many_refused_recipients_are_no_errors_of_the_conversation() throws IOException {
        try (var client = connect()) {
            client.ask("MAIL FROM:<a@b.test>");
            for (int i = 0; i < 50; i++) {
                assertThat(client.ask("RCPT TO:<nonsense>")).startsWith("553 ");
            }
            assertThat(client.ask("RCPT TO:<c@d.test>")).startsWith("250 ");
        }
    }

    @Test
    void one_connection_too_many_is_told_so_and_there_is_room_again_after_one_leaves() throws IOException {
        try (var first = connect(SmtpTestListener.plain().maxConnections(1))) {
            try (var second = new SmtpTestClient(ingress.port())) {
                assertThat(second.rest()).startsWith("421 4.3.2 ");
            }
            first.ask("QUIT");
        }
        await().atMost(Duration.ofSeconds(10)).until(() -> ingress.connections() == 0);
        SmtpTestClient.greeted(ingress.port()).close();
    }

    @Test
    void a_silent_client_is_sent_away() throws IOException {
        ingress = SmtpTestListener.plain().idle(Duration.ofMillis(200)).start(intake);
        try (var client = new SmtpTestClient(ingress.port())) {
            client.reply();
            assertThat(client.rest()).startsWith("421 4.4.2 ");
        }
    }

    @Test
    void a_client_that_sends_an_octet_at_a_time_is_sent_away_as_well() throws IOException {
        ingress = SmtpTestListener.plain().idle(Duration.ofMillis(300)).start(intake);
        try (var client = new SmtpTestClient(ingress.port())) {
            client.reply();
            await().pollInterval(Duration.ofMillis(50)).atMost(Duration.ofSeconds(10)).until(() -> {
                client.send("N");
                return ingress.connections() == 0;
            });
        } catch (IOException e) {
            assertThat(ingress.connections()).isZero();
        }
    }

    @Test
    void a_client_that_reads_no_replies_is_cut_off() throws IOException {
        ingress = SmtpTestListener.plain().idle(Duration.ofMillis(300)).start(intake);
        try (var client = new SmtpTestClient(ingress.port())) {
            assertThatThrownBy(() -> {
                while (true) {
                    client.send("EHLO x\r\n".repeat(10_000));
                }
            }).isInstanceOf(IOException.class);
            await().atMost(Duration.ofSeconds(10)).until(() -> ingress.connections() == 0);
        }
    }

    @Test
    void a_refusal_of_the_intake_is_answered_with_its_code_and_the_conversation_goes_on() throws IOException {
        ingress = SmtpTestListener.plain().start(submission -> {
            throw new RefusedException(RefusalCode.MIME_MALFORMED, "headers", "\u00fc", "write a colon");
        });
        try (var client = SmtpTestClient.greeted(ingress.port())) {
            assertThat(client.submit("a@b.test", "c@d.test", "x")).isEqualTo("554 5.6.0 [MIME_MALFORMED] headers: \\x{FC}; write a colon");
            assertThat(client.ask("MAIL FROM:<a@b.test>")).startsWith("250 ");
        }
    }

    @Test
    void a_fault_of_the_intake_asks_the_client_to_come_back_and_tells_it_nothing_else() throws IOException {
        ingress = SmtpTestListener.plain().start(submission -> {
            throw new IllegalStateException("secret detail");
        });
        try (var client = SmtpTestClient.greeted(ingress.port())) {
            assertThat(client.submit("a@b.test", "c@d.test", "x")).startsWith("451 4.3.0 ").doesNotContain("secret");
        }
    }

    @Test
    void a_port_in_use_is_named() throws IOException {
        ingress = SmtpTestListener.plain().start(intake);
        var settings = new SmtpServerSettings("again", "127.0.0.1", ingress.port(), "in.test", 1, 1, 1, List.of(), null, false, Duration.ofSeconds(1));
        try (var second = new SmtpServer(settings, null)) {
            assertThatThrownBy(second::start).isInstanceOf(UncheckedIOException.class).hasMessageContaining("[SMTP_BIND] again: 127.0.0.1:" + ingress.port());
        }
    }
}
