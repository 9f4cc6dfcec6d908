package dev.dromedary.camel;

import dev.dromedary.ingress.Way;
import dev.dromedary.message.CsvSubmissions;
import dev.dromedary.message.NdjsonReader;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.Submission;
import dev.dromedary.message.SubmissionReader;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Accepts what a dropped file holds. A record's id is made from the file's content and the record's number, so that a file read
 * again after a crash adds nothing; the reasons of a refusal are written beside the file in {@code failed/}.
 */
public final class InboxStep {
    private final AcceptPort port;
    private final SubmissionReader reader;
    private final int maxRecord;

    InboxStep(AcceptPort port, SubmissionReader reader, int maxRecord) {
        this.port = port;
        this.reader = reader;
        this.maxRecord = maxRecord;
    }

    public void read(Exchange exchange) throws IOException {
        Path file = exchange.getMessage().getBody(File.class).toPath();
        byte[] content = Files.readAllBytes(file);
        exchange.getMessage().removeHeaders("*");
        List<String> reasons = accept(file.getFileName().toString(), content);
        if (!reasons.isEmpty()) {
            Path failed = Files.createDirectories(file.resolveSibling("failed"));
            Files.write(failed.resolve(file.getFileName() + ".reason.txt"), reasons);
            throw new RefusedException(RefusalCode.FILE_UNREADABLE, file.getFileName().toString(), reasons.size() + " refused",
                    "see " + file.getFileName() + ".reason.txt beside it");
        }
    }

    private List<String> accept(String name, byte[] content) throws IOException {
        var reasons = new ArrayList<String>();
        String hash = sha256(content).substring(0, 24);
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        switch (extension) {
            case "eml" -> tryOne(reasons, "", () -> reader.readRaw(content, null, List.of(), Map.of()), "f" + hash);
            case "json" -> tryOne(reasons, "", () -> reader.readJson(content), "f" + hash);
            case "ndjson" -> {
                try (var lines = new NdjsonReader(new ByteArrayInputStream(content), reader, maxRecord)) {
                    tryAll(reasons, lines, hash);
                }
            }
            default -> {
                try (var lines = new CsvSubmissions(new ByteArrayInputStream(content), reader, maxRecord)) {
                    tryAll(reasons, lines, hash);
                }
            }
        }
        return reasons;
    }

    private void tryAll(List<String> reasons, Iterator<NdjsonReader.Line> lines, String hash) {
        while (lines.hasNext()) {
            NdjsonReader.Line line = lines.next();
            tryOne(reasons, "line " + line.number() + ": ", line::submission, "f" + hash + "-" + line.number());
        }
    }

    private void tryOne(List<String> reasons, String where, java.util.function.Supplier<Submission> source, String id) {
        try {
            Submission submission = source.get();
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
        return new Submission(id, s.from(), s.to(), s.content(), s.priority(), s.scheduledTime(), s.maxRetries(), s.stream(), s.campaign(), s.tags(), s.terms());
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
