package dev.dromedary.sent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/** Looks into the log of a process that was killed, without opening it as the next one would. */
public final class SentLogReading {
    private SentLogReading() {
    }

    /** @return ids of the messages whose delivery is recorded there; none where there is no log */
    public static Set<String> taken(Path directory) throws IOException {
        var ids = new HashSet<String>();
        if (!Files.isDirectory(directory)) {
            return ids;
        }
        for (Path file : new SentFiles(directory).all()) {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(file));
            for (SentRecord record = SentRecordCodec.decode(in); record != null; record = SentRecordCodec.decode(in)) {
                if (record.taken()) {
                    ids.add(record.key().id());
                }
            }
        }
        return ids;
    }
}
