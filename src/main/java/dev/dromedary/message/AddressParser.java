package dev.dromedary.message;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * From text to {@link EmailAddress}: one pass for the addresses that nearly everybody has, and a slower way for the rest, which can also
 * say what is wrong.
 */
final class AddressParser {
    /** RFC 5321 section 4.5.3.1.3 allows a path of 256 octets, of which two are the angle brackets. */
    static final int MAX_OCTETS = 254;
    /** More cannot become 254 octets: looked at first, so that a megabyte of nonsense costs nothing. */
    private static final int MAX_CHARACTERS = 4 * MAX_OCTETS;
    private static final String SHAPE = "write local-part@domain";

    private AddressParser() {
    }

    static EmailAddress parse(String text) {
        EmailAddress plain = plain(text);
        return plain != null ? plain : general(text);
    }

    /** An ASCII dot-atom at a domain of plain labels, or null where the address is anything else, wrong included. */
    private static @Nullable EmailAddress plain(String text) {
        int length = text.length();
        if (length > MAX_OCTETS) {
            return null;
        }
        int at = LocalPart.endOfDotAtom(text);
        if (at < 1 || at > LocalPart.MAX_OCTETS || at >= length - 1 || text.charAt(at) != '@' || !DomainName.isPlain(text, at + 1)) {
            return null;
        }
        return new EmailAddress(text.substring(0, at), text.substring(at + 1).toLowerCase(Locale.ROOT));
    }

    private static EmailAddress general(String text) {
        try {
            int at = separator(text);
            String localPart = LocalPart.canonical(text.substring(0, at));
            String domain = domain(text.substring(at + 1));
            if (LocalPart.octets(localPart) + 1 + domain.length() > MAX_OCTETS) {
                throw tooLong();
            }
            return new EmailAddress(localPart, domain);
        } catch (MalformedException | MalformedDomainException malformed) {
            throw new RefusedException(RefusalCode.ADDRESS_MALFORMED, "address", text, malformed.getMessage());
        }
    }

    /** Where the @ between the two parts stands: after the closing quote where the local part is quoted, else the last one. */
    private static int separator(String text) {
        if (text.isEmpty()) {
            throw new MalformedException("the address is empty: " + SHAPE);
        }
        if (text.length() > MAX_CHARACTERS) {
            throw tooLong();
        }
        CodePoints.refuseControls(text);
        if (text.indexOf('<') >= 0 && text.endsWith(">")) {
            throw new MalformedException("a display name or angle brackets stand around the address: write the bare local-part@domain");
        }
        int at = text.charAt(0) == '"' ? LocalPart.endOfQuotedString(text) : text.lastIndexOf('@');
        if (at < 0) {
            throw new MalformedException(text.indexOf('\uff20') >= 0 ? "the @ is the full-width one (U+FF20): write the ASCII @" : "there is no @: " + SHAPE);
        }
        if (at == 0) {
            throw new MalformedException("the local part is empty: " + SHAPE);
        }
        if (at == text.length() - 1) {
            throw new MalformedException("the domain is empty: " + SHAPE);
        }
        return at;
    }

    private static MalformedException tooLong() {
        return new MalformedException("the address is longer than " + MAX_OCTETS + " octets: use a shorter one");
    }

    private static String domain(String text) {
        return text.charAt(0) == '[' ? AddressLiteral.canonical(text) : DomainName.toAscii(text);
    }
}
