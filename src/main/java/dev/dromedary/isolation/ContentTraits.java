package dev.dromedary.isolation;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a message is like, cheaply: the first 64 KB are looked at, and 1,000 tokens of them.
 *
 * @param size        class of the whole message
 * @param shape       which bodies it has
 * @param links       hosts of its links, at most {@value #MOST_LINKS}
 * @param fingerprint SimHash (Charikar 2002) of its tags in threes or, without HTML, of its words: what is personal changes few of its bits
 */
public record ContentTraits(String size, String shape, Set<String> links, long fingerprint) {
    static final int MOST_LINKS = 8;
    private static final int LOOKED_AT = 65_536;
    private static final int MOST_TOKENS = 1_000;
    private static final int MOST_DEPTH = 4;
    private static final int LONGEST_HOST = 100;

    /** @param mime the rendered message */
    public static ContentTraits of(byte[] mime) {
        String text = new String(mime, 0, Math.min(mime.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
        var bodies = new Bodies();
        bodies.read(text, 0);
        Set<String> links = new LinkedHashSet<>();
        bodies.html.forEach(html -> links(html, links));
        bodies.plain.forEach(plain -> links(plain, links));
        String shape = bodies.html.isEmpty() ? bodies.plain.isEmpty() ? "neither text nor html" : "text only" : bodies.plain.isEmpty() ? "html only" : "text and html";
        var hash = new SimHash();
        if (bodies.html.isEmpty()) {
            bodies.plain.forEach(plain -> words(plain, hash));
        } else {
            bodies.html.forEach(html -> tags(html, hash));
        }
        return new ContentTraits(sizeClass(mime.length), shape, links, hash.value());
    }

    private static String sizeClass(int size) {
        return size < 10_000 ? "under 10 KB" : size < 50_000 ? "10 to 50 KB" : size < 100_000 ? "50 to 100 KB" : "100 KB and more";
    }

    private static void links(String body, Set<String> found) {
        for (int at = body.indexOf("://"); at >= 0 && found.size() < MOST_LINKS; at = body.indexOf("://", at + 3)) {
            int end = at + 3;
            while (end < body.length() && end - at < LONGEST_HOST && isHost(body.charAt(end))) {
                end++;
            }
            String host = body.substring(at + 3, end).toLowerCase(Locale.ROOT);
            if (host.indexOf('.') > 0) {
                found.add(host);
            }
        }
    }

    private static boolean isHost(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-';
    }

    private static void tags(String html, SimHash hash) {
        long before = 0;
        long last = 0;
        int tokens = 0;
        for (int at = html.indexOf('<'); at >= 0 && tokens < MOST_TOKENS; at = html.indexOf('<', at + 1)) {
            long name = 0;
            for (int i = at + 1; i < html.length() && i - at < 12 && (Character.isLetterOrDigit(html.charAt(i)) || html.charAt(i) == '/' && i == at + 1); i++) {
                name = name * 31 + (html.charAt(i) | 0x20);
            }
            if (name != 0) {
                hash.add(name + 1_000_003 * last + 998_244_353L * before);
                before = last;
                last = name;
                tokens++;
            }
        }
    }

    /** Numbers are left out: they are a customer's, an order's or a date's. */
    private static void words(String text, SimHash hash) {
        long word = 0;
        boolean number = false;
        int tokens = 0;
        for (int i = 0; i <= text.length() && tokens < MOST_TOKENS; i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            if (Character.isLetterOrDigit(c)) {
                number |= c >= '0' && c <= '9';
                word = word * 31 + (c | 0x20);
            } else {
                if (word != 0 && !number) {
                    hash.add(word);
                    tokens++;
                }
                word = 0;
                number = false;
            }
        }
    }

    /** The texts of a message's parts, by content type (RFC 2046), with their transfer encoding (RFC 2045) undone. */
    private static final class Bodies {
        final List<String> html = new ArrayList<>(1);
        final List<String> plain = new ArrayList<>(1);

        void read(String part, int depth) {
            int end = part.indexOf("\r\n\r\n");
            String head = end < 0 ? part : part.substring(0, end + 2);
            String body = end < 0 ? "" : part.substring(end + 4);
            String type = field(head, "content-type:");
            String lower = type.toLowerCase(Locale.ROOT).stripLeading();
            if (lower.startsWith("multipart/")) {
                String boundary = boundary(type, lower);
                if (boundary != null && depth < MOST_DEPTH) {
                    parts(body, "--" + boundary, depth);
                }
            } else if (lower.startsWith("text/html")) {
                html.add(decoded(body, field(head, "content-transfer-encoding:")));
            } else if (lower.isEmpty() || lower.startsWith("text/plain")) {
                plain.add(decoded(body, field(head, "content-transfer-encoding:")));
            }
        }

        private void parts(String body, String delimiter, int depth) {
            int at = body.indexOf(delimiter);
            while (at >= 0) {
                int start = body.indexOf("\r\n", at);
                if (start < 0 || body.startsWith("--", at + delimiter.length())) {
                    return;
                }
                int next = body.indexOf(delimiter, start);
                read(body.substring(start + 2, next < 0 ? body.length() : next), depth + 1);
                at = next;
            }
        }

        private static String field(String head, String name) {
            int at = head.regionMatches(true, 0, name, 0, name.length()) ? 0 : -1;
            for (int line = head.indexOf("\r\n"); at < 0 && line >= 0; line = head.indexOf("\r\n", line + 2)) {
                at = head.regionMatches(true, line + 2, name, 0, name.length()) ? line + 2 : -1;
            }
            if (at < 0) {
                return "";
            }
            int end = head.indexOf("\r\n", at);
            while (end >= 0 && end + 2 < head.length() && (head.charAt(end + 2) == ' ' || head.charAt(end + 2) == '\t')) {
                end = head.indexOf("\r\n", end + 2);
            }
            return head.substring(at + name.length(), end < 0 ? head.length() : end);
        }

        private static @org.jspecify.annotations.Nullable String boundary(String type, String lower) {
            int at = lower.indexOf("boundary=");
            int skipped = type.length() - type.stripLeading().length();
            if (at < 0) {
                return null;
            }
            String value = type.substring(skipped + at + "boundary=".length());
            if (value.startsWith("\"")) {
                int end = value.indexOf('"', 1);
                return end < 0 ? null : value.substring(1, end);
            }
            return value.split("[;\\s]", 2)[0];
        }

        private static String decoded(String body, String encoding) {
            String how = encoding.strip().toLowerCase(Locale.ROOT);
            if (how.equals("quoted-printable")) {
                return body.indexOf('=') < 0 ? body : body.replace("=\r\n", "").replace("=3D", "=");
            }
            if (how.equals("base64")) {
                int whole = body.length() / 4 * 4;
                try {
                    return new String(Base64.getMimeDecoder().decode(body.substring(0, whole)), StandardCharsets.ISO_8859_1);
                } catch (IllegalArgumentException cut) {
                    return "";
                }
            }
            return body;
        }
    }
}
