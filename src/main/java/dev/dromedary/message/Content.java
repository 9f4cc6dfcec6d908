package dev.dromedary.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is to be sent: parts that we compose into RFC 5322, or RFC 5322 bytes that the submitter made. */
public sealed interface Content {

    /** At least one of text, html and attachments is present; subject may be empty. */
    record Composed(String subject, @Nullable String text, @Nullable String html, List<Header> headers, List<Attachment> attachments)
            implements Content {
    }

    /** A whole RFC 5322 message; its line ends may be any of CRLF, LF, CR: the renderer makes them CRLF. */
    record Raw(byte[] bytes) implements Content {
    }
}
