package dev.dromedary.message;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Domain names as SMTP and DNS carry them: lower-case A-labels. Unicode names are mapped as UTS 46 does without its transitional
 * processing (so {@code ß} stays itself) and checked by the rules of IDNA 2008 (RFC 5891-5893).
 */
public final class DomainName {
    /** RFC 1035 section 2.3.4. */
    static final int MAX_LABEL_OCTETS = 63;
    /** RFC 5321 section 4.5.3.1.2. */
    static final int MAX_OCTETS = 255;
    /** More cannot become 255 octets, even where characters are written in pieces; saves the work of finding out. */
    private static final int MAX_CHARACTERS = 4 * MAX_OCTETS;

    private DomainName() {
    }

    /**
     * @param text one to many labels, in ASCII or Unicode, without a dot at the end
     * @throws MalformedDomainException where the text is no such name
     */
    public static String toAscii(String text) {
        if (text.isEmpty()) {
            throw new MalformedDomainException("the domain is empty: write at least one label");
        }
        if (isPlain(text, 0)) {
            return text.toLowerCase(Locale.ROOT);
        }
        if (text.length() > MAX_CHARACTERS) {
            throw tooLong();
        }
        String ascii = Arrays.stream(mapped(text).split("\\.", -1)).map(IdnaLabel::toAscii).collect(Collectors.joining("."));
        if (ascii.length() > MAX_OCTETS) {
            throw tooLong();
        }
        return ascii;
    }

    private static MalformedDomainException tooLong() {
        return new MalformedDomainException("the domain is longer than " + MAX_OCTETS + " octets: use a shorter one");
    }

    /** True where the text from {@code start} on is an ASCII name without anything that wants a closer look, such as {@code xn--}. */
    static boolean isPlain(String text, int start) {
        int labelStart = start;
        int length = text.length();
        for (int i = start; i <= length; i++) {
            if (i < length && text.charAt(i) != '.') {
                if (!isLetterOrDigit(text.charAt(i)) && text.charAt(i) != '-') {
                    return false;
                }
                continue;
            }
            int size = i - labelStart;
            if (size == 0 || size > MAX_LABEL_OCTETS || text.charAt(labelStart) == '-' || text.charAt(i - 1) == '-'
                    || size > 3 && text.charAt(labelStart + 2) == '-' && text.charAt(labelStart + 3) == '-') {
                return false;
            }
            labelStart = i + 1;
        }
        return length - start <= MAX_OCTETS;
    }

    static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    /** Case, width and compatibility variants become their plain forms; the three other full stops become the ASCII one. */
    private static String mapped(String text) {
        String folded = lowerCase(Normalizer.normalize(lowerCase(text), Normalizer.Form.NFKC));
        return Normalizer.normalize(folded, Normalizer.Form.NFKC).replace('\u3002', '.');
    }

    /** Character by character, because {@link String#toLowerCase()} writes a sigma at the end of a word in its final form. */
    private static String lowerCase(String text) {
        var out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (c == '\u0130') {
                out.append("i\u0307");
            } else {
                out.appendCodePoint(Character.toLowerCase(c));
            }
        });
        return out.toString();
    }
}
