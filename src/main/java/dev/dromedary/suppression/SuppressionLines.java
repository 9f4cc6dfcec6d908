package dev.dromedary.suppression;

import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import dev.dromedary.message.BoundedRecords;
import dev.dromedary.message.JsonFields;
import dev.dromedary.message.Refusal;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Many entries from one stream, NDJSON or CSV (RFC 4180, the first row names the fields). A line that is refused does not stop those
 * after it, but a refused first row of CSV does. Holds one line at a time.
 */
public final class SuppressionLines {
    private static final int LINE = 16 << 10;
    private static final ObjectReader ROWS = new CsvMapper().readerFor(String[].class);
    private final BoundedRecords records;
    private final boolean csv;
    private final SuppressionReader reader;
    private @Nullable List<String> columns;
    private boolean ended;

    /** What a line came to: an entry, or why it is none. */
    public record Line(long number, @Nullable Suppression entry, @Nullable Refusal refusal) {
    }

    public SuppressionLines(InputStream input, boolean csv, SuppressionReader reader) {
        this.records = new BoundedRecords(input, LINE, csv);
        this.csv = csv;
        this.reader = reader;
    }

    /** The next line that is not blank, or null at the end. */
    public @Nullable Line next(Instant now) throws IOException {
        BoundedRecords.Cut cut = ended ? null : records.next();
        if (cut == null) {
            return null;
        }
        try {
            if (cut.tooLong()) {
                throw new RefusedException(RefusalCode.BODY_TOO_LARGE, "line", cut.length() + " octets", "write at most " + LINE + " octets a line");
            }
            if (!csv) {
                return new Line(cut.line(), reader.read(cut.bytes(), now), null);
            }
            List<String> cells = cells(cut.bytes());
            if (columns == null) {
                ended = true;
                columns = named(cells);
                ended = false;
                return next(now);
            }
            return new Line(cut.line(), reader.read(new JsonFields(object(columns, cells), ""), now), null);
        } catch (RefusedException refused) {
            return new Line(cut.line(), null, refused.refusal());
        }
    }

    private static List<String> cells(byte[] row) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(row)).toString();
            String[] cells = ROWS.readValue(text.startsWith("\uFEFF") ? text.substring(1) : text);
            return List.of(cells);
        } catch (CharacterCodingException e) {
            throw new RefusedException(RefusalCode.CHARSET_INVALID, "row", "not UTF-8", "write it in UTF-8");
        } catch (IOException e) {
            throw JsonFields.invalid("row", new String(row, StandardCharsets.UTF_8), "close its quotes, and double those inside quotes (RFC 4180 section 2)");
        }
    }

    private static List<String> named(List<String> row) {
        List<String> names = row.stream().map(String::strip).toList();
        for (String name : names) {
            if (!SuppressionReader.FIELDS.contains(name)) {
                throw new RefusedException(RefusalCode.FIELD_UNKNOWN, "column", name, "begin with a row of names, only of " + String.join(", ", SuppressionReader.FIELDS));
            }
        }
        if (!names.contains("address")) {
            throw JsonFields.missing("column address");
        }
        if (new HashSet<>(names).size() < names.size()) {
            throw JsonFields.invalid("columns", String.join(",", names), "name each column once");
        }
        return names;
    }

    private static ObjectNode object(List<String> names, List<String> cells) {
        if (cells.size() != names.size()) {
            throw JsonFields.invalid("row", cells.size() + " cells", "write " + names.size() + ", as many as the first row names");
        }
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < names.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                object.put(names.get(i), cells.get(i));
            }
        }
        return object;
    }
}
