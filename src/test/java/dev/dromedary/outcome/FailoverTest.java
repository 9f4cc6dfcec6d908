package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FailoverTest {
    @Test
    void anyNumberOfPoolsIsAskedBeforeTheProviderHasHeardOfTheMessage() {
        assertThat(Failover.mayTryAnother(SmtpPhase.CONNECT, false, null, 3)).isTrue();
        assertThat(Failover.mayTryAnother(SmtpPhase.AUTH, false, Category.PERMANENT_POLICY, 0)).isTrue();
    }

    @Test
    void oneOtherPoolIsAskedAfterARefusalForThePoolsSake() {
        assertThat(Failover.mayTryAnother(SmtpPhase.RCPT, false, Category.DEFER_OTHER_POOL, 0)).isTrue();
        assertThat(Failover.mayTryAnother(SmtpPhase.RCPT, false, Category.DEFER_OTHER_POOL, 1)).isFalse();
    }

    @Test
    void noOtherPoolIsAskedAboutARecipientThatDoesNotExist() {
        assertThat(Failover.mayTryAnother(SmtpPhase.RCPT, false, Category.PERMANENT_RECIPIENT, 0)).isFalse();
    }

    @Test
    void aMessageInDoubtIsNeverOfferedElsewhere() {
        assertThat(Failover.mayTryAnother(SmtpPhase.END_OF_DATA, true, null, 0)).isFalse();
    }
}
