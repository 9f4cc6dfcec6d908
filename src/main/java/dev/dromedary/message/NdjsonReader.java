package dev.dromedary.message;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Many submissions from one stream, a JSON object a line. A line that is refused does not stop those after it. Holds one line at a time.
 * For one thread.
 */
public final class NdjsonReader implements Iterator<NdjsonReader.Line>, AutoCloseable {
    private final BoundedRecords records;
    private final SubmissionReader reader;
    private final int maxLineLength;
    private @Nullable Line ahead;

    /** What a line came to. */
    public sealed interface Line {
        /** Where it stands in the stream, from 1; of a CSV record, its first line. */
        long number();

        /** @throws RefusedException where the line holds none */
        Submission submission();

        /** A line that holds a submission. */
        record Read(long number, Submission submission) implements Line {
        }

        /** A line that does not, and why. */
        record Refused(long number, Refusal refusal) implements Line {
            @Override
            public Submission submission() {
                throw new RefusedException(refusal);
            }
        }
    }

    /** @param maxLineLength octets of a line, at least 1; a longer one is refused without being kept */
    public NdjsonReader(InputStream input, SubmissionReader reader, int maxLineLength) {
        this.records = new BoundedRecords(input, maxLineLength, false);
        this.reader = reader;
        this.maxLineLength = maxLineLength;
    }

    /** @throws UncheckedIOException where the stream cannot be read */
    @Override
    public boolean hasNext() {
        if (ahead == null) {
            ahead = read();
        }
        return ahead != null;
    }

    @Override
    public Line next() {
        Line line = hasNext() ? ahead : null;
        if (line == null) {
            throw new NoSuchElementException("no line is left: ask hasNext first");
        }
        ahead = null;
        return line;
    }

    @Override
    public void close() throws IOException {
        records.close();
    }

    private @Nullable Line read() {
        try {
            BoundedRecords.Cut cut = records.next();
            return cut == null ? null : line(cut);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Line line(BoundedRecords.Cut cut) {
        if (cut.tooLong()) {
            return new Line.Refused(cut.line(), tooLong(cut, maxLineLength));
        }
        try {
            return new Line.Read(cut.line(), reader.readJson(cut.bytes()));
        } catch (RefusedException refused) {
            return new Line.Refused(cut.line(), refused.refusal());
        }
    }

    static Refusal tooLong(BoundedRecords.Cut cut, int bound) {
        return new Refusal(RefusalCode.BODY_TOO_LARGE, "line", cut.length() + " octets", "write at most " + bound + " octets a line");
    }
}
