package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Writes a report as multipart/report (RFC 6522): words for people, fields for programs (RFC 3464), and the header section of the
 * message that failed. The same report gives the same bytes. Stateless.
 */
public final class FailureReportRenderer {
    private static final String BOUNDARY_START = "=_r_";
    private static final int DIAGNOSTIC_LIMIT = 800;
    private static final int HEADER_LIMIT = 32 * 1024;
    private static final Pattern NOT_PRINTABLE = Pattern.compile("[^ -~]+");

    private FailureReportRenderer() {
    }

    /** @throws RefusedException where the From field cannot be written */
    public static byte[] render(FailureReport report) {
        var out = new ByteBuilder(4096);
        var fields = new FieldWriter(out);
        String boundary = BOUNDARY_START + Integer.toHexString(report.id().hashCode());
        fields.write("Date", MimeRenderer.date(report.failedAt()));
        fields.write("From", report.from());
        fields.write("To", report.sender().toString());
        fields.write("Subject", "Undelivered mail: " + report.recipient());
        fields.write("Message-ID", MessageIdField.value(report.id(), report.reportingMta()));
        // RFC 3834 section 5: keeps those who answer by themselves from answering.
        out.line("Auto-Submitted: auto-replied");
        out.line("MIME-Version: 1.0");
        out.line("Content-Type: multipart/report; report-type=delivery-status;").add(" boundary=\"").add(boundary).line("\"").line();
        out.add("--").line(boundary);
        TextPart.write(out, "plain", words(report));
        out.add("--").line(boundary);
        status(out, fields, report);
        out.add("--").line(boundary);
        header(out, report.original());
        out.add("--").add(boundary).line("--");
        return out.toBytes();
    }

    /** @throws RefusedException where the value is no From field of one mailbox, with what to change */
    public static void requireFrom(String from) {
        Mailbox.parse(from, RefusalCode.SENDER_MALFORMED, "from");
    }

    private static String words(FailureReport report) {
        return "This is the mail system at " + report.reportingMta() + ".\n\nYour message could not be delivered. It will not be tried again.\n\n"
                + "Recipient: " + report.recipient() + "\nReason:    " + report.reason().replaceAll("\\p{Cntrl}+", " ") + "\nMessage:   " + report.messageId() + ", accepted "
                + MimeRenderer.date(report.arrivedAt()) + "\nAttempts:  " + report.attempts() + ", the last " + MimeRenderer.date(report.failedAt())
                + "\n\nA report for programs and the header of your message are attached.\n";
    }

    /** RFC 3464 section 2: fields of the message, a blank line, fields of the recipient. */
    private static void status(ByteBuilder out, FieldWriter fields, FailureReport report) {
        out.line("Content-Type: message/delivery-status").line();
        out.add("Reporting-MTA: dns; ").line(report.reportingMta());
        fields.writeFolded("Arrival-Date", MimeRenderer.date(report.arrivedAt()));
        out.line();
        fields.writeFolded("Final-Recipient", typed(report.recipient()));
        out.line("Action: failed");
        out.add("Status: ").line(report.status());
        if (report.remoteMta() != null) {
            out.add("Remote-MTA: dns; ").line(report.remoteMta());
        }
        if (report.diagnostic() != null) {
            fields.writeFolded("Diagnostic-Code", "smtp; " + printable(report.diagnostic()));
        }
        fields.writeFolded("Last-Attempt-Date", MimeRenderer.date(report.failedAt()));
        out.line();
    }

    /** RFC 6533 section 3: an address beyond ASCII is of type utf-8, with what is beyond written as {@code \x{HEX}}. */
    private static String typed(EmailAddress address) {
        String text = address.toString();
        if (Ascii.isOnlyAscii(text)) {
            return "rfc822; " + text;
        }
        var out = new StringBuilder("utf-8; ");
        text.codePoints().forEach(c -> {
            if (c > ' ' && c < 127 && c != '\\' && c != '+' && c != '=') {
                out.appendCodePoint(c);
            } else {
                out.append("\\x{").append(String.format("%02X", c)).append('}');
            }
        });
        return out.toString();
    }

    private static String printable(String text) {
        String flat = NOT_PRINTABLE.matcher(text.replaceAll("\\s+", " ")).replaceAll("?").strip();
        return flat.substring(0, Math.min(flat.length(), DIAGNOSTIC_LIMIT));
    }

    private static void header(ByteBuilder out, byte[] message) {
        byte[] header = headerSection(message);
        out.line("Content-Type: text/rfc822-headers");
        if (TextPart.isSevenBit(header)) {
            out.line().add(header);
        } else {
            out.line("Content-Transfer-Encoding: quoted-printable").line();
            TextPart.writeQuoted(out, header);
        }
        if (!out.endsLine()) {
            out.line();
        }
    }

    /** Of a rendered message, whose lines end in CRLF; whole lines up to a bound. */
    private static byte[] headerSection(byte[] message) {
        String start = new String(message, 0, Math.min(message.length, HEADER_LIMIT), StandardCharsets.ISO_8859_1);
        int end = start.indexOf("\r\n\r\n");
        int cut = end >= 0 ? end + 2 : start.lastIndexOf("\r\n") + 2;
        return start.substring(0, Math.max(0, cut)).getBytes(StandardCharsets.ISO_8859_1);
    }
}
