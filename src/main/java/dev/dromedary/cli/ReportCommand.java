package dev.dromedary.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
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
    public Integer call() throws InterruptedException, IOException {
        String path = "/v1/report" + new QueryText().with("from", from).with("to", to).with("format", format);
        if (out == null) {
            return api.download(path, System.out);
        }
        Path part = Files.createTempFile(out.toAbsolutePath().getParent(), "report", ".part");
        try {
            int status;
            try (OutputStream file = Files.newOutputStream(part)) {
                status = api.download(path, file);
            }
            if (status == 0) {
                Files.move(part, out, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
            }
            return status;
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
