package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file as a part of its own: its name by RFC 2231 where it is no plain token or quoted string, its bytes in base64. */
final class FilePart {
    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final int LONGEST_TYPE = 200;
    private static final Pattern TYPE = Pattern.compile("[\\w!#$&^.+-]++/[\\w!#$&^.+-]++"
            + "(?:\\s*+;\\s*+[\\w!#$&^.+-]++=(?:[\\w!#$&^.+:'-]++|\"[ !#-\\[\\]-~]*+\"))*+");
    private static final Pattern CONTENT_ID = Pattern.compile("[!-;=?-~]{1,200}");
    private static final int SECTION = 60;

    private FilePart() {
    }

    static void write(ByteBuilder out, Attachment file, String disposition) {
        byte[] content = file.content();
        String type = type(file);
        boolean message = isType(type, "message/");
        byte[] sevenBit = message ? LineEnds.toCrlf(content) : content;
        boolean asIs = message && TextPart.isSevenBit(sevenBit);
        // RFC 2046 sections 5.1 and 5.2 allow messages and multiparts no base64: as files of no known type they arrive all the same.
        new FieldWriter(out).writeFolded("Content-Type", message && !asIs || isType(type, "multipart/") ? UNKNOWN_TYPE : type);
        out.line("Content-Transfer-Encoding: " + (asIs ? "7bit" : "base64"));
        writeDisposition(out, disposition, file.filename());
        writeContentId(out, file.contentId());
        out.line().add(asIs ? sevenBit : TextPart.base64(content));
        if (!out.endsLine()) {
            out.line();
        }
    }

    private static String type(Attachment file) {
        String type = file.contentType().strip();
        boolean usable = type.length() <= LONGEST_TYPE && Ascii.isOnlyAscii(type) && TYPE.matcher(type).matches();
        return usable ? type.replaceAll("\\s+", " ") : UNKNOWN_TYPE;
    }

    private static boolean isType(String type, String start) {
        return type.toLowerCase(Locale.ROOT).startsWith(start);
    }

    private static void writeDisposition(ByteBuilder out, String disposition, String filename) {
        out.add("Content-Disposition: ").add(disposition);
        String name = filename.replaceAll("[\\p{Cntrl}\u0080-\u009f]", "_");
        if (name.isEmpty()) {
            out.line();
        } else if (name.length() <= SECTION && name.chars().allMatch(c -> c == ' ' || Ascii.isTokenText(c) || "()',@".indexOf(c) >= 0)) {
            out.line(";").add(" filename=\"").add(name).line("\"");
        } else {
            writeExtended(out, name);
        }
    }

    /** RFC 2231 sections 3 and 4. */
    private static void writeExtended(ByteBuilder out, String name) {
        String encoded = "UTF-8''" + percentEncoded(name);
        if (encoded.length() <= SECTION) {
            out.line(";").add(" filename*=").line(encoded);
            return;
        }
        int section = 0;
        int start = 0;
        while (start < encoded.length()) {
            int end = Math.min(start + SECTION, encoded.length());
            // An octet's percent sign and digits stay together.
            int percent = encoded.lastIndexOf('%', end - 1);
            if (percent > start && percent > end - 3) {
                end = end < encoded.length() ? percent : end;
            }
            out.line(";").add(" filename*" + section++ + "*=").add(encoded.substring(start, end));
            start = end;
        }
        out.line();
    }

    private static String percentEncoded(String name) {
        var out = new StringBuilder();
        for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
            if (Ascii.isTokenText(b)) {
                out.append((char) b);
            } else {
                out.append(String.format("%%%02X", b));
            }
        }
        return out.toString();
    }

    private static void writeContentId(ByteBuilder out, @Nullable String contentId) {
        if (contentId == null) {
            return;
        }
        if (!CONTENT_ID.matcher(contentId).matches()) {
            throw new RefusedException(RefusalCode.FIELD_INVALID, "attachments.content_id", contentId,
                    "use 1-200 printable ASCII characters without blanks and angle brackets");
        }
        out.add("Content-ID: <").add(contentId).line(">");
    }
}
