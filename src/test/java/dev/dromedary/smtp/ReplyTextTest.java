package dev.dromedary.smtp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DromedaryConfig.TlsMode;
import dev.dromedary.outcome.SmtpReply;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;

class ReplyTextTest {

    @Test
    void aReplyWithoutEnhancedStatusHasNone() {
        assertThat(ReplyText.parse(250, "250 Ok: 4.2.1 is not a status here\n")).isEqualTo(new SmtpReply(250, null, "250 Ok: 4.2.1 is not a status here"));
    }

    @Test
    void continuationLinesLoseTheirCodes() {
        assertThat(ReplyText.parse(421, "421-4.7.28 Gmail has detected\n421-4.7.28 an unusual rate\n421 4.7.28 of mail\n"))
                .isEqualTo(new SmtpReply(421, "4.7.28", "421 4.7.28 Gmail has detected an unusual rate of mail"));
    }

    @Test
    void aLongReplyIsCut() {
        assertThat(ReplyText.parse(550, "550 " + "x".repeat(60_000)).text()).hasSize(4_000);
    }

    @Test
    void credentialsWithoutTlsGoToLoopbackOnly() throws Exception {
        var clear = TestPools.at(25).credentials("ali", "x").pool();
        var secured = TestPools.at(25).tls(TlsMode.STARTTLS, null).credentials("ali", "x").pool();
        InetAddress remote = InetAddress.getByName("192.0.2.1");

        assertThat(SmtpConnector.wouldShowCredentials(clear, remote)).isTrue();
        assertThat(SmtpConnector.wouldShowCredentials(secured, remote)).isFalse();
        assertThat(SmtpConnector.wouldShowCredentials(TestPools.at(25).pool(), remote)).isFalse();
        assertThat(SmtpConnector.wouldShowCredentials(clear, InetAddress.getByName("127.0.0.1"))).isFalse();
    }
}
