package dev.dromedary.message;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Many submissions from one CSV stream in UTF-8 (RFC 4180); its first row names the fields. A row that is refused does not stop those after
 * it; a first row that is refused is the only line. Holds one row at a time. For one thread.
 */
public final class CsvSubmissions implements Iterator<NdjsonReader.Line>, AutoCloseable {
    private final BoundedRecords records;
    private final SubmissionReader reader;
    private final int maxRowLength;
    private @Nullable CsvColumns columns;
    private NdjsonReader.@Nullable Line ahead;
    private boolean ended;

    /** @param maxRowLength octets of a row, at least 1; a longer one is refused without being kept */
    public CsvSubmissions(InputStream input, SubmissionReader reader, int maxRowLength) {
        this.records = new BoundedRecords(input, maxRowLength, true);
        this.reader = reader;
        this.maxRowLength = maxRowLength;
    }

    /** @throws UncheckedIOException where the stream cannot be read */
    @Override
    public boolean hasNext() {
        if (ahead == null && !ended) {
            ahead = read();
            ended |= ahead == null;
        }
        return ahead != null;
    }

    @Override
    public NdjsonReader.Line next() {
        NdjsonReader.Line line = hasNext() ? ahead : null;
        if (line == null) {
            throw new NoSuchElementException("no row is left: ask hasNext first");
        }
        ahead = null;
        return line;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }

    private NdjsonReader.@Nullable Line read() {
        try {
            BoundedRecords.Cut cut = records.next();
            if (cut != null && columns == null) {
                try {
                    columns = new CsvColumns(cells(cut));
                } catch (RefusedException refused) {
                    ended = true;
                    return new NdjsonReader.Line.Refused(cut.line(), refused.refusal());
                }
                cut = records.next();
            }
            return cut == null || columns == null ? null : line(cut, columns);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private NdjsonReader.Line line(BoundedRecords.Cut cut, CsvColumns named) {
        try {
            ObjectNode object = named.object(cells(cut));
            return new NdjsonReader.Line.Read(cut.line(), reader.read(object));
        } catch (RefusedException refused) {
            return new NdjsonReader.Line.Refused(cut.line(), refused.refusal());
        }
    }

    private List<String> cells(BoundedRecords.Cut cut) {
        if (cut.tooLong()) {
            throw new RefusedException(NdjsonReader.tooLong(cut, maxRowLength));
        }
        return CsvColumns.cells(Utf8.decode("row", cut.bytes(), 0, cut.bytes().length));
    }
}
