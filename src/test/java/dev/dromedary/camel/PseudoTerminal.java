package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** A command in a terminal of the system, by {@code script} of util-linux; keys are typed into it, and what it shows is seen. */
final class PseudoTerminal implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Path NOWHERE = Path.of("/dev/null");
    private final Path folder;
    private final Process process;
    private final OutputStream keys;
    private final TerminalPicture picture;

    private PseudoTerminal(Path folder, Process process, TerminalPicture picture) {
        this.folder = folder;
        this.process = process;
        this.keys = process.getOutputStream();
        this.picture = picture;
    }

    /** Whether this system has what it takes. */
    static boolean isThere() {
        try {
            return run("script", "--version").contains("util-linux") && run("stty", "--version").contains("coreutils");
        } catch (IOException absent) {
            return false;
        }
    }

    /** @param folder for what the shell around the command notes: the settings of the terminal before and after it, and its status */
    static PseudoTerminal start(Path folder, int rows, int columns, String... command) throws IOException {
        Files.createDirectories(folder);
        Path shell = folder.resolve("shell");
        Files.writeString(shell, """
                cd "%s"
                stty rows %d cols %d
                stty -g > before
                tty > name
                %s
                echo $? > status
                stty -g > after
                """.formatted(folder, rows, columns, "'" + String.join("' '", command) + "'"));
        var builder = new ProcessBuilder("script", "-q", "-f", "-c", "sh '" + shell + "'", NOWHERE.toString()).redirectErrorStream(true);
        builder.environment().putAll(Map.of("TERM", "xterm-256color", "LC_ALL", "C.UTF-8", "NO_COLOR", "", "DROMEDARY_JAVA_OPTS", "-Xmx128m", "DROMEDARY_TIER", "1", "SHELL", "/bin/sh"));
        Process process = builder.start();
        var terminal = new PseudoTerminal(folder, process, new TerminalPicture(rows, columns));
        Thread reader = new Thread(terminal::read, "terminal");
        reader.setDaemon(true);
        reader.start();
        return terminal;
    }

    private void read() {
        char[] buffer = new char[8_192];
        try (Reader from = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int length = from.read(buffer); length > 0; length = from.read(buffer)) {
                synchronized (picture) {
                    picture.write(new String(buffer, 0, length));
                }
            }
        } catch (IOException e) {
            // It is over.
        }
    }

    void type(String text) throws IOException {
        keys.write(text.getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    /** As a window that is pulled: the program gets SIGWINCH. @return once it has drawn anew */
    void resize(int rows, int columns) throws IOException {
        int before = see(TerminalPicture::cleared);
        synchronized (picture) {
            picture.resize(rows, columns);
            run("stty", "-F", noted("name"), "rows", String.valueOf(rows), "cols", String.valueOf(columns));
        }
        await().atMost(PATIENCE).until(() -> see(TerminalPicture::cleared) > before);
    }

    <T> T see(Function<TerminalPicture, T> what) {
        synchronized (picture) {
            return what.apply(picture);
        }
    }

    boolean is(Predicate<TerminalPicture> what) {
        return see(what::test);
    }

    List<String> lines() {
        return see(TerminalPicture::lines);
    }

    void shows(String... texts) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(String.join("\n", lines())).contains(texts));
    }

    void noLongerShows(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(String.join("\n", lines())).doesNotContain(text));
    }

    /** Sends SIGTERM to the program, not to the shell around it. */
    void terminate() {
        process.descendants().filter(each -> each.info().command().orElse("").endsWith("java")).forEach(ProcessHandle::destroy);
    }

    /** @return the status of the command, once it has ended */
    int ended() throws Exception {
        assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
        return Integer.parseInt(noted("status"));
    }

    /** What the shell around the command noted. */
    String noted(String name) throws IOException {
        return Files.readString(folder.resolve(name)).strip();
    }

    private static String run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
