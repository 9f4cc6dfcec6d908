package dev.dromedary.camel;

import dev.dromedary.message.Refusal;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of many lines, taken a batch at a time. A line that is refused is named in the answer and hurts no other. */
final class LineBatches {
    private LineBatches() {
    }

    /** What a line came to: an entry, or why it is none. */
    record Line<T>(long number, @Nullable T entry, @Nullable Refusal refusal) {
    }

    /** Where lines come from. */
    interface Source<T> {
        /** @return null at the end */
        @Nullable Line<T> next() throws SQLException, IOException;
    }

    /** Takes a batch, all or nothing. */
    interface Sink<T> {
        void take(List<T> batch) throws SQLException;
    }

    /** Of a request that broke off, the lines before count. @return how many were refused */
    static <T> int take(Source<T> lines, int size, Sink<T> sink, SpooledAnswer answer) throws SQLException, IOException {
        var batch = new ArrayList<T>();
        int refused = 0;
        try {
            for (Line<T> line = lines.next(); line != null; line = lines.next()) {
                if (line.entry() != null) {
                    batch.add(line.entry());
                } else if (line.refusal() != null) {
                    answer.line(ApiJson.bytes(ApiJson.refused(line.number(), line.refusal())));
                    refused++;
                }
                if (batch.size() == size) {
                    hand(batch, sink);
                }
            }
        } finally {
            hand(batch, sink);
        }
        return refused;
    }

    /** What the sink refuses is not handed to it again. */
    private static <T> void hand(List<T> batch, Sink<T> sink) throws SQLException {
        List<T> entries = List.copyOf(batch);
        batch.clear();
        if (!entries.isEmpty()) {
            sink.take(entries);
        }
    }
}
