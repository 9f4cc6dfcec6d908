package dev.dromedary.message;

/** Thrown where a text is no domain name; the message says which label, why, and what to write. Carries no stack trace: it is an answer. */
public final class MalformedDomainException extends IllegalArgumentException {
    MalformedDomainException(String reason) {
        super(reason);
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }

    /** Never null, unlike the method it overrides. */
    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }
}
