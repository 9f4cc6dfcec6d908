package dev.dromedary.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Has a running Dromedary make a report of a span of time. */
@Command(name = "report", description = "Make a report of a span of time: what was sent, how it went, what to do.", mixinStandardHelpOptions = true)
public final class ReportCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Option(names = "--from", paramLabel = "TIME", description = "RFC 3339, such as 2026-03-01T00:00:00Z (default: seven days before the end)")
    private @Nullable String from;

    @Option(names = "--to", paramLabel = "TIME", description = "RFC 3339 (default: now)")
    private @Nullable String to;

    @Option(names = "--format", paramLabel = "FORMAT", defaultValue = "html", description = "html, json or pdf (default: html)")
    private String format = "html";

    @Option(names = "--out", paramLabel = "FILE", description = "write it there, not to standard output")
    private @Nullable Path out;

    @Override
    public Integer call() throws InterruptedException {
        String path = "/v1/report" + new QueryText().with("from", from).with("to", to).with("format", format);
        if (out == null) {
            return api.download(path, System.out);
        }
        if (Files.isDirectory(out)) {
            return unwritable(out, "it is a folder");
        }
        try {
            return Files.exists(out) && !Files.isRegularFile(out) ? straight(path, out) : whole(path, out);
        } catch (NoSuchFileException e) {
            return unwritable(out, "its folder is not there");
        } catch (AccessDeniedException e) {
            return unwritable(out, "it may not be written there");
        } catch (FileSystemException e) {
            return unwritable(out, e.getReason() == null ? e.toString() : e.getReason());
        } catch (IOException e) {
            return unwritable(out, String.valueOf(e.getMessage()));
        }
    }

    /** To a pipe or a device, which must not be replaced. */
    private int straight(String path, Path to) throws IOException, InterruptedException {
        try (OutputStream device = Files.newOutputStream(to, StandardOpenOption.WRITE)) {
            return api.download(path, device);
        }
    }

    /** The file is there once it is whole. It is made like any new one: a temporary file would be readable by nobody else. */
    private int whole(String path, Path to) throws IOException, InterruptedException {
        Path part = Objects.requireNonNull(to.toAbsolutePath().getParent()).resolve("report-" + UUID.randomUUID() + ".part");
        try {
            int status;
            try (OutputStream file = Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                status = api.download(path, file);
            }
            if (status == 0) {
                Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
            }
            return status;
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private static int unwritable(Path file, String why) {
        System.err.println("[FILE_UNWRITABLE] " + file + ": " + why + "; name a file in a folder that is there and that you may write to");
        return 1;
    }
}
