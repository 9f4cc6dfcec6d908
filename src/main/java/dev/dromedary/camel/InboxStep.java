package dev.dromedary.camel;

import dev.dromedary.ingress.Way;
import dev.dromedary.message.CsvSubmissions;
import dev.dromedary.message.NdjsonReader;
import dev.dromedary.message.Refusal;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.Submission;
import dev.dromedary.message.SubmissionReader;
import java.io.BufferedInputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Accepts what a dropped file holds, and moves it to {@code done/}, or to {@code failed/} with the reasons beside it. A record's id
 * is made from the file's content and the record's number, so that a file read again after a crash adds nothing.
 */
public final class InboxStep {
    private static final Logger LOG = LoggerFactory.getLogger(InboxStep.class);
    private static final int HASH_CHARACTERS = 24;

    private final AcceptPort port;
    private final SubmissionReader reader;
    private final int maxRecord;

    /** @param maxRecord octets of one message, line or row */
    InboxStep(AcceptPort port, SubmissionReader reader, int maxRecord) {
        this.port = port;
        this.reader = reader;
        this.maxRecord = maxRecord;
    }

    /** Leaves the file where it is while nothing can be accepted; it is then read again at the next look. */
    public void read(Exchange exchange) throws IOException {
        Path file = exchange.getMessage().getBody(File.class).toPath();
        exchange.getMessage().removeHeaders("*");
        List<String> reasons = new ArrayList<>();
        try {
            accept(file, reasons);
        } catch (RefusedException unavailable) {
            LOG.warn("[INBOX_WAITS] {}: {}; it stays, and is read again", file.getFileName(), unavailable.refusal().text());
            return;
        } catch (IOException | UncheckedIOException unreadable) {
            reasons.add(new Refusal(RefusalCode.FILE_UNREADABLE, file.getFileName().toString(), unreadable.toString(), "make it readable and drop it again").text());
        }
        Path folder = Files.createDirectories(file.resolveSibling(reasons.isEmpty() ? "done" : "failed"));
        Path target = unused(folder, file.getFileName().toString());
        if (!reasons.isEmpty()) {
            Files.write(target.resolveSibling(target.getFileName() + ".reason.txt"), reasons);
            LOG.warn("[INBOX_REFUSED] {}: {} refused; see {}.reason.txt in failed/", file.getFileName(), reasons.size(), target.getFileName());
        }
        Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    /** A name that no earlier file has: an original is never overwritten. */
    private static Path unused(Path folder, String name) {
        Path target = folder.resolve(name);
        for (int i = 2; Files.exists(target); i++) {
            target = folder.resolve(i + "-" + name);
        }
        return target;
    }

    private void accept(Path file, List<String> reasons) throws IOException {
        String name = file.getFileName().toString();
        long size = Files.size(file);
        if (size == 0) {
            reasons.add(new Refusal(RefusalCode.BODY_EMPTY, name, "0 octets", "write under another name and rename when it is whole").text());
            return;
        }
        String hash = hash(file);
        switch (name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT)) {
            case "eml" -> tryOne(reasons, "", () -> reader.readRaw(whole(file, size), null, List.of(), Map.of()), "f" + hash);
            case "json" -> tryOne(reasons, "", () -> reader.readJson(whole(file, size)), "f" + hash);
            case "ndjson" -> {
                try (var lines = new NdjsonReader(new BufferedInputStream(Files.newInputStream(file)), reader, maxRecord)) {
                    tryAll(reasons, lines, hash);
                }
            }
            default -> {
                try (var lines = new CsvSubmissions(new BufferedInputStream(Files.newInputStream(file)), reader, maxRecord)) {
                    tryAll(reasons, lines, hash);
                }
            }
        }
    }

    private byte[] whole(Path file, long size) {
        if (size > maxRecord) {
            throw new RefusedException(RefusalCode.BODY_TOO_LARGE, file.getFileName().toString(), size + " octets", "at most " + maxRecord + " are taken");
        }
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void tryAll(List<String> reasons, Iterator<NdjsonReader.Line> lines, String hash) {
        while (lines.hasNext()) {
            NdjsonReader.Line line = lines.next();
            tryOne(reasons, "line " + line.number() + ": ", line::submission, "f" + hash + "-" + line.number());
        }
    }

    private void tryOne(List<String> reasons, String where, Supplier<Submission> source, String id) {
        try {
            Submission submission = port.read(Way.FILE, source);
            boolean named = submission.messageId() != null;
            try {
                port.accept(named ? submission : withId(submission, id), Way.FILE, null);
            } catch (RefusedException e) {
                // Its id names the file's content: the same record was accepted before the last stop.
                if (named || e.refusal().code() != RefusalCode.MESSAGE_DUPLICATE) {
                    throw e;
                }
            }
        } catch (RefusedException e) {
            if (e.refusal().code() == RefusalCode.UNAVAILABLE) {
                throw e;
            }
            reasons.add(where + e.refusal().text());
        }
    }

    private static Submission withId(Submission s, String id) {
        return new Submission(id, s.from(), s.to(), s.content(), s.priority(), s.scheduledTime(), s.maxRetries(), s.stream(), s.campaign(), s.tags(), s.terms(), s.bestWithin());
    }

    private static String hash(Path file) throws IOException {
        try (var in = new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
            in.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(in.getMessageDigest().digest()).substring(0, HASH_CHARACTERS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
