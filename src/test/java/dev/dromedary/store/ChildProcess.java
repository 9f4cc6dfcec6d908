package dev.dromedary.store;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A second JVM on this class path that can be killed. It says {@code ready} when it holds what it was started for. */
final class ChildProcess implements AutoCloseable {
    private final Process process;
    private final String answer;

    private ChildProcess(Process process, String answer) {
        this.process = process;
        this.answer = answer;
    }

    /** Waits for the child's {@code ready} line and keeps what follows that word. */
    static ChildProcess start(Class<?> main, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-cp",
                System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("ready ")) {
                return new ChildProcess(process, line.substring("ready ".length()));
            }
        }
        throw new IOException("the child ended without being ready");
    }

    String answer() {
        return answer;
    }

    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
