package dev.dromedary.ingress;

/** Ends the work on one command with an answer. Carries no stack trace: it is an answer, not a fault. */
final class SmtpReplyException extends Exception {
    private final transient SmtpAnswer answer;

    SmtpReplyException(SmtpAnswer answer) {
        super(answer.text(), null, false, false);
        this.answer = answer;
    }

    SmtpReplyException(int code, String enhanced, String text) {
        this(SmtpAnswer.of(code, enhanced, text));
    }

    SmtpAnswer answer() {
        return answer;
    }
}
