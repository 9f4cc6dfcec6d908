package dev.dromedary.sent;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log's files: numbered, read in order, bad ones put aside. */
final class SentFiles {
    static final String SUFFIX = ".log";
    private static final Logger LOG = LoggerFactory.getLogger(SentFiles.class);
    private static final String ASIDE = ".corrupt";
    private static final int KEPT_ASIDE = 3;
    private static final long LARGEST = 256L * 1024 * 1024;

    private final Path directory;

    SentFiles(Path directory) {
        this.directory = directory;
    }

    Path numbered(long number) {
        return directory.resolve("%012d".formatted(number) + SUFFIX);
    }

    /** Oldest first. */
    List<Path> all() throws IOException {
        return ending(SUFFIX).stream().filter(file -> file.getFileName().toString().matches("\\d{12}\\.log")).toList();
    }

    long nextNumber() throws IOException {
        List<Path> files = all();
        return files.isEmpty() ? 1 : Long.parseLong(files.get(files.size() - 1).getFileName().toString().substring(0, 12)) + 1;
    }

    /**
     * The records of the newest files, oldest first, until there are enough. A file that is damaged in its middle gives what can be read
     * of it, and is put aside; one that only ends in the middle of a record, as after a power cut, loses that.
     */
    List<SentRecord> readNewest(int enough) throws IOException {
        List<List<SentRecord>> read = new ArrayList<>();
        List<Path> files = all();
        int records = 0;
        for (int i = files.size() - 1; i >= 0 && records < enough; i--) {
            List<SentRecord> of = read(files.get(i));
            records += of.size();
            read.add(0, of);
        }
        return read.stream().flatMap(List::stream).toList();
    }

    private List<SentRecord> read(Path file) {
        try {
            long size = Files.size(file);
            if (size > LARGEST) {
                putAside(file, size + " bytes, more than one can have");
                return List.of();
            }
            return records(file, ByteBuffer.wrap(Files.readAllBytes(file)));
        } catch (IOException e) {
            putAside(file, e.toString());
            return List.of();
        }
    }

    private List<SentRecord> records(Path file, ByteBuffer in) {
        var out = new ArrayList<SentRecord>();
        int badFrom = -1;
        boolean damaged = false;
        while (in.hasRemaining()) {
            int at = in.position();
            SentRecord record = SentRecordCodec.decode(in);
            if (record == null) {
                badFrom = badFrom < 0 ? at : badFrom;
                in.position(at + 1);
            } else {
                out.add(record);
                damaged |= badFrom >= 0;
                badFrom = -1;
            }
        }
        if (damaged || out.isEmpty() && badFrom >= 0) {
            putAside(file, "unreadable in parts; " + out.size() + " records could be read");
        } else if (badFrom >= 0) {
            LOG.info("{}: {} bytes at its end are no whole record, as after a power cut; cut off", file, in.limit() - badFrom);
        }
        return out;
    }

    private void putAside(Path file, String seen) {
        try {
            Files.move(file, file.resolveSibling(file.getFileName() + ASIDE), StandardCopyOption.REPLACE_EXISTING);
            LOG.warn("[SENT_LOG_CORRUPT] {}: {}; kept beside as *{}, and what was in flight when it was written may be sent twice; look at the disk", file, seen, ASIDE);
            List<Path> aside = ending(SUFFIX + ASIDE);
            for (Path old : aside.subList(0, Math.max(0, aside.size() - KEPT_ASIDE))) {
                Files.deleteIfExists(old);
            }
        } catch (IOException e) {
            LOG.warn("[SENT_LOG_CORRUPT] {}: {}, and it cannot be put aside: {}; left where it is", file, seen, e.toString());
        }
    }

    /** What cannot be deleted is tried again with the next. */
    void delete(List<Path> files) {
        for (Path file : files) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                LOG.warn("[SENT_LOG_UNDELETED] {}: {}; left where it is", file, e.toString());
            }
        }
    }

    private List<Path> ending(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(suffix)).sorted(Comparator.comparing(file -> file.getFileName().toString())).toList();
        }
    }
}
