package dev.dromedary.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The header fields of a message (RFC 5322 section 2.2), unfolded, for people to look at. */
public final class HeaderFields {
    private HeaderFields() {
    }

    /** Up to the first empty line, in order; lines that are no field are left out, and octets that are not UTF-8 become U+FFFD. */
    public static List<Header> of(byte[] mime) {
        var fields = new ArrayList<String>();
        int at = 0;
        while (at < mime.length) {
            int end = at;
            while (end < mime.length && mime[end] != '\n') {
                end++;
            }
            String line = new String(mime, at, end - at, StandardCharsets.UTF_8).replaceFirst("\r$", "");
            if (line.isEmpty()) {
                break;
            }
            boolean continued = line.charAt(0) == ' ' || line.charAt(0) == '\t';
            if (!continued) {
                fields.add(line);
            } else if (!fields.isEmpty()) {
                fields.set(fields.size() - 1, fields.get(fields.size() - 1) + line);
            }
            at = end + 1;
        }
        return fields.stream().filter(field -> field.indexOf(':') > 0)
                .map(field -> new Header(field.substring(0, field.indexOf(':')).strip(), field.substring(field.indexOf(':') + 1).strip())).toList();
    }
}
