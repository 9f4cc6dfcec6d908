package dev.dromedary.message;

import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvFactory;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The columns of a CSV file, and the JSON object that a row under them stands for. An empty cell is an absent field. */
final class CsvColumns {
    private static final String HEADER = "header.";
    private static final List<String> NOT_IN_CSV = List.of("headers", "attachments");
    private static final ObjectReader ROWS = new CsvMapper(CsvFactory.builder()
        .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
        .build())
        .readerFor(String[].class);

    private final List<String> names;

    /** @throws RefusedException where a name is unknown or there twice */
    CsvColumns(List<String> row) {
        List<String> read = new ArrayList<>(row.size());
        for (String cell : row) {
            String name = cell.strip();
            boolean known = name.startsWith(HEADER) || JsonSubmission.KNOWN.contains(name) && !NOT_IN_CSV.contains(name);
            if (!known) {
                List<String> usable = JsonSubmission.KNOWN.stream().filter(field -> !NOT_IN_CSV.contains(field)).toList();
                throw new RefusedException(RefusalCode.FIELD_UNKNOWN, "column", name, "use only " + String.join(", ", usable) + " and header.<name>");
            }
            if (read.contains(name)) {
                throw JsonFields.invalid("column", name, "name each column once");
            }
            read.add(name);
        }
        this.names = List.copyOf(read);
    }

    static List<String> cells(String row) {
        try {
            String[] cells = ROWS.readValue(row.startsWith("\uFEFF") ? row.substring(1) : row);
            return List.of(cells);
        } catch (IOException malformed) {
            throw JsonFields.invalid("row", row, "close its quotes, and double those inside quotes (RFC 4180 section 2)");
        }
    }

    ObjectNode object(List<String> cells) {
        if (cells.size() != names.size()) {
            throw JsonFields.invalid("row", cells.size() + " cells", "write " + names.size() + ", as many as the first row names");
        }
        ObjectNode object = StrictJson.newObject();
        for (int i = 0; i < names.size(); i++) {
            if (!cells.get(i).isEmpty()) {
                put(object, names.get(i), cells.get(i));
            }
        }
        return object;
    }

    private static void put(ObjectNode object, String name, String cell) {
        if (name.startsWith(HEADER)) {
            object.withObjectProperty("headers").put(name.substring(HEADER.length()), cell);
        } else if (name.equals("to") || name.equals("tags")) {
            ArrayNode values = object.putArray(name);
            separated(cell).forEach(values::add);
        } else if (cell.length() <= 4 && cell.chars().allMatch(Character::isDigit) && (name.equals("priority") || name.equals("max_retries"))) {
            object.put(name, Integer.parseInt(cell));
        } else {
            object.put(name, cell);
        }
    }

    /** Split at semicolons that stand outside double quotes; empty parts are left out. */
    private static List<String> separated(String cell) {
        List<String> parts = new ArrayList<>();
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= cell.length(); i++) {
            if (i == cell.length() || cell.charAt(i) == ';' && !quoted) {
                String part = cell.substring(start, i).strip();
                if (!part.isEmpty()) {
                    parts.add(part);
                }
                start = i + 1;
            } else if (cell.charAt(i) == '"') {
                quoted = !quoted;
            }
        }
        return parts;
    }
}
