package dev.dromedary.camel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code bin/dromedary run} as a process of its own, which can be told to stop, or killed. */
final class ProgramProcess implements AutoCloseable {
    private static final Duration START_LIMIT = Duration.ofSeconds(90);
    private final Process process;

    private ProgramProcess(Process process) {
        this.process = process;
    }

    /** Returns when it says that it is ready. */
    static ProgramProcess start(Path config, Path data, Path log) throws Exception {
        Process process = launch(config, data, log);
        var ready = new CompletableFuture<Boolean>();
        Thread reader = new Thread(() -> read(process, ready), "program-output");
        reader.setDaemon(true);
        reader.start();
        if (!ready.get(START_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException("dromedary ended before it was ready; see " + log);
        }
        return new ProgramProcess(process);
    }

    /** Returns at once; what it says on standard output is left unread. */
    static Process launch(Path config, Path data, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Path.of("bin/dromedary").toAbsolutePath().toString(), "run", "--config", config.toString(), "--data", data.toString())
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().put("DROMEDARY_JAVA_OPTS", "-Xmx512m");
        return builder.start();
    }

    private static void read(Process process, CompletableFuture<Boolean> ready) {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("dromedary is ready")) {
                    ready.complete(true);
                }
            }
        } catch (IOException e) {
            // It was killed.
        }
        ready.complete(false);
    }

    /** SIGTERM. @return the exit status */
    int terminate(Duration bound) throws Exception {
        process.destroy();
        if (!process.waitFor(bound.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IOException("still running " + bound + " after SIGTERM");
        }
        return process.exitValue();
    }

    /** SIGKILL. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            kill();
        }
    }
}
