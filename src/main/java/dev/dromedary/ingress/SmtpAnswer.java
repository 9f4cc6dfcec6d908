package dev.dromedary.ingress;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A reply to send to an SMTP client (RFC 5321 section 4.2), and whether the connection survives it.
 *
 * @param code     200-599
 * @param enhanced RFC 3463 status put before the text of each line, or null for none (greeting, HELO, EHLO, 3xx)
 * @param text     without CR; lines apart by LF make a multi-line reply
 */
public record SmtpAnswer(int code, @Nullable String enhanced, String text, Ending ending) {
    /** Section 4.5.3.1.5 allows 512 octets a reply line with its code and CRLF. */
    private static final int LINE_LIMIT = 490;

    /** What happens to the connection after the reply. */
    public enum Ending {
        STAY, CLOSE,
        /** Closes at once and says nothing, as a crashed server would. */
        VANISH,
        /** Says nothing and stays: the reply went out already. */
        SAID
    }

    public static final SmtpAnswer RECIPIENT_OK = of(250, "2.1.5", "Ok");
    static final SmtpAnswer SAID = new SmtpAnswer(220, null, "", Ending.SAID);
    public static final SmtpAnswer VANISH = new SmtpAnswer(421, null, "", Ending.VANISH);

    /** A 421 announces the close of the channel (section 3.8), so it closes it. */
    public static SmtpAnswer of(int code, @Nullable String enhanced, String text) {
        return new SmtpAnswer(code, enhanced, text, code == 421 ? Ending.CLOSE : Ending.STAY);
    }

    public SmtpAnswer thenClose() {
        return new SmtpAnswer(code, enhanced, text, Ending.CLOSE);
    }

    public boolean positive() {
        return code < 300;
    }

    /** True for answers to commands that no working client sends, and to wrong passwords. */
    boolean countsAsError() {
        return code >= 500 && code <= 504 || code == 535 || code == 555;
    }

    byte[] bytes() {
        var out = new StringBuilder(64);
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            line(out, '-', text.substring(start, end));
            start = end + 1;
        }
        line(out, ' ', text.substring(start));
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void line(StringBuilder out, char separator, String line) {
        out.append(code).append(separator);
        if (enhanced != null) {
            out.append(enhanced).append(' ');
        }
        int end = out.length() + LINE_LIMIT;
        line.codePoints().forEach(c -> {
            if (out.length() < end) {
                appendPrintable(out, c);
            }
        });
        out.append("\r\n");
    }

    /** Replies stay ASCII even where the client did not ask for SMTPUTF8: RFC 6531 section 3.7.4.2. The escape is RFC 6533's. */
    private static void appendPrintable(StringBuilder out, int c) {
        if (c >= ' ' && c < 127) {
            out.append((char) c);
        } else {
            out.append("\\x{").append(Integer.toHexString(c).toUpperCase(java.util.Locale.ROOT)).append('}');
        }
    }
}
