package dev.dromedary.message;

/** Thrown where a submission, or a part of it, cannot be accepted as it is. Carries no stack trace: it is an answer, not a fault. */
public final class RefusedException extends RuntimeException {
    private final transient Refusal refusal;

    public RefusedException(Refusal refusal) {
        super(refusal.text(), null, false, false);
        this.refusal = refusal;
    }

    public RefusedException(RefusalCode code, String subject, String seen, String advice) {
        this(new Refusal(code, subject, seen, advice));
    }

    public Refusal refusal() {
        return refusal;
    }
}
