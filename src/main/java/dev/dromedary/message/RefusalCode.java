package dev.dromedary.message;

/**
 * Why a submission was refused. The names are stable: callers may match on them. Each carries the HTTP status and the
 * SMTP reply (RFC 5321 section 4.2, RFC 3463) that say the same thing to the two kinds of caller.
 */
public enum RefusalCode {
    JSON_MALFORMED(400, 554, "5.6.0"),
    FIELD_UNKNOWN(400, 554, "5.6.0"),
    FIELD_MISSING(400, 554, "5.6.0"),
    FIELD_INVALID(400, 554, "5.6.0"),
    ADDRESS_MALFORMED(400, 553, "5.1.3"),
    SENDER_MALFORMED(400, 553, "5.1.7"),
    HEADER_INJECTION(400, 554, "5.6.0"),
    HEADER_FORBIDDEN(400, 554, "5.6.0"),
    HEADER_MALFORMED(400, 554, "5.6.0"),
    CHARSET_INVALID(400, 554, "5.6.0"),
    MIME_MALFORMED(400, 554, "5.6.0"),
    BODY_EMPTY(400, 554, "5.6.0"),
    RECIPIENTS_TOO_MANY(400, 452, "4.5.3"),
    BODY_TOO_LARGE(413, 552, "5.3.4"),
    MAIL_LOOP(400, 554, "5.4.6"),
    MESSAGE_DUPLICATE(409, 554, "5.7.0"),
    IDEMPOTENCY_CONFLICT(409, 554, "5.7.0"),
    CONTENT_TYPE_UNSUPPORTED(415, 554, "5.6.1"),
    REQUEST_INCOMPLETE(408, 451, "4.4.2"),
    OBJECT_MESSAGE_REFUSED(400, 554, "5.6.0"),
    FILE_UNREADABLE(400, 554, "5.6.0"),
    UNAUTHENTICATED(401, 530, "5.7.0"),
    FORBIDDEN(403, 550, "5.7.1"),
    NOT_FOUND(404, 550, "5.1.1"),
    OVERLOADED(503, 452, "4.3.1"),
    UNAVAILABLE(503, 451, "4.3.0");

    private final int httpStatus;
    private final int smtpCode;
    private final String enhancedStatus;

    RefusalCode(int httpStatus, int smtpCode, String enhancedStatus) {
        this.httpStatus = httpStatus;
        this.smtpCode = smtpCode;
        this.enhancedStatus = enhancedStatus;
    }

    public int httpStatus() {
        return httpStatus;
    }

    public int smtpCode() {
        return smtpCode;
    }

    /** RFC 3463 status, such as {@code 5.1.3}. */
    public String enhancedStatus() {
        return enhancedStatus;
    }

    /** True where the same submission may be accepted later. */
    public boolean temporary() {
        return smtpCode < 500;
    }
}
