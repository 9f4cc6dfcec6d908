package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.smtp.EndOfDataWatch;
import dev.dromedary.smtp.SmtpDeliveryException;
import dev.dromedary.smtp.SmtpPoolClient;
import dev.dromedary.smtp.SmtpTimings;
import dev.dromedary.smtp.TestPools;
import dev.dromedary.smtp.WireMessage;
import jakarta.mail.MessagingException;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mail.MailConstants;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.subethamail.smtp.helper.BasicMessageListener;
import org.subethamail.smtp.MessageContext;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.SMTPServer;

/** A route over camel-mail with the pooled sender, against a real server. */
@Timeout(30)
class PooledMailSenderIT {
    private static final byte[] MIME = "Message-ID: <kept@example.com>\r\nFrom: a@example.com\r\nSubject: signed\r\nDKIM-Signature: v=1;\r\n\tb=abc\r\n\r\nhello\r\n"
            .getBytes(StandardCharsets.US_ASCII);
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final DefaultCamelContext camel = new DefaultCamelContext();
    private SMTPServer server;
    private SmtpPoolClient client;

    private record Received(String from, String to, byte[] data) {
    }

    @BeforeEach
    void start() throws Exception {
        BasicMessageListener listener = new BasicMessageListener() {
            @Override
            public void messageArrived(MessageContext context, String from, String to, byte[] data) throws RejectException {
                if (to.startsWith("nobody@")) {
                    throw new RejectException(552, "5.2.2 mailbox full");
                }
                received.add(new Received(from, to, data));
            }
        };
        server = SMTPServer.port(0).bindAddress(InetAddress.getLoopbackAddress()).messageHandler(listener).build();
        server.start();
        client = new SmtpPoolClient(TestPools.at(server.getPortAllocated()).pool(), scheduler, SmtpTimings.NONE);
        camel.getRegistry().bind("sender", new PooledMailSender(client));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                errorHandler(noErrorHandler());
                from("direct:x").to("smtp://localhost:" + server.getPortAllocated() + "?javaMailSender=#sender");
            }
        });
        camel.start();
    }

    @AfterEach
    void stop() {
        camel.stop();
        client.close();
        server.stop();
        scheduler.shutdownNow();
    }

    private Exchange send(Object body) {
        return camel.createProducerTemplate().send("direct:x", exchange -> exchange.getMessage().setBody(body));
    }

    private static WireMessage wire(String to) {
        return new WireMessage(EmailAddress.parse("bounce+1@example.com"), EmailAddress.parse(to), MIME, 0, EndOfDataWatch.NONE);
    }

    @Test
    void aWireMessageArrivesUnchangedAndBringsTheReplyBack() {
        WireMessage message = wire("rcpt@example.net");

        Exchange exchange = send(message);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(MailConstants.MAIL_MESSAGE_ID)).isEqualTo("<kept@example.com>");
        assertThat(message.reply()).isNotNull();
        assertThat(message.reply().code()).isEqualTo(250);
        assertThat(received).hasSize(1);
        assertThat(received.get(0).from()).isEqualTo("bounce+1@example.com");
        assertThat(received.get(0).to()).isEqualTo("rcpt@example.net");
        // The server puts its own Received line in front.
        assertThat(new String(received.get(0).data(), StandardCharsets.US_ASCII)).endsWith(new String(MIME, StandardCharsets.US_ASCII));
    }

    @Test
    void manyMessagesShareOneConnection() {
        for (int i = 0; i < 20; i++) {
            assertThat(send(wire("rcpt@example.net")).getException()).isNull();
        }
        assertThat(received).hasSize(20);
        assertThat(client.connections().opened()).isEqualTo(1);
    }

    @Test
    void aRefusalReachesTheRouteWithPhaseAndReply() {
        WireMessage message = wire("nobody@example.net");

        Exchange exchange = send(message);

        assertThat(exchange.getException()).isInstanceOfSatisfying(SmtpDeliveryException.class, fault -> {
            assertThat(fault.phase()).isEqualTo(SmtpPhase.END_OF_DATA);
            assertThat(fault.reply().code()).isEqualTo(552);
            assertThat(fault.reply().enhanced()).isEqualTo("5.2.2");
        });
        assertThat(message.reply()).isNull();
    }

    @Test
    void anotherBodyIsRefusedBeforeAnythingIsSent() {
        Exchange exchange = camel.createProducerTemplate().send("direct:x", e -> {
            e.getMessage().setBody("text");
            e.getMessage().setHeader("To", "rcpt@example.net");
        });

        assertThat(exchange.getException()).isInstanceOf(MessagingException.class).hasMessageContaining("[MAIL_BODY]").hasMessageContaining("WireMessage");
        assertThat(received).isEmpty();
    }

    @Test
    void settingsOnTheSenderAreRefused() {
        PooledMailSender sender = new PooledMailSender(client);

        assertThatThrownBy(() -> sender.addAdditionalJavaMailProperty("mail.smtp.host", "evil.example"))
                .isInstanceOf(UnsupportedOperationException.class).hasMessageContaining("mail.smtp.host");
        assertThatThrownBy(() -> sender.setHost("evil.example")).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aWireMessageIsReadableAndUnchangeable() throws Exception {
        WireMessage message = wire("rcpt@example.net");
        message.saveChanges();
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        message.writeTo(written, new String[] {"Subject"});

        assertThat(written.toByteArray()).isEqualTo(MIME);
        assertThat(message.getSubject()).isEqualTo("signed");
        assertThat(message.getMessageID()).isEqualTo("<kept@example.com>");
        assertThat(message.getContent()).isEqualTo("hello\r\n");
        assertThat(message.getAllRecipients()).singleElement().hasToString("rcpt@example.net");
        assertThat(new WireMessage(null, EmailAddress.parse("a@b.example"), "\r\nMessage-ID: <no>".getBytes(StandardCharsets.US_ASCII), 0, EndOfDataWatch.NONE).getMessageID()).isNull();
    }
}
