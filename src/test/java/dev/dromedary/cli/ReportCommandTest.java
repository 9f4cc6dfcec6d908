package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ReportCommandTest {
    @TempDir
    Path folder;

    private HttpServer server;
    private int status = 200;
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @BeforeEach
    void answer() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = (status == 200 ? "a report" : "[UNAVAILABLE] no").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void aFolderThatIsNotThereIsSaidInOneLine() {
        Path file = folder.resolve("none/x.html");
        assertThat(run(file)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("[FILE_UNWRITABLE] " + file + ": its folder is not there; name a file in a folder that is there and that you may write to\n");
    }

    @Test
    void aFolderIsNoFile() {
        assertThat(run(folder)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("[FILE_UNWRITABLE] " + folder + ": it is a folder; ");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aFileForAFolderIsSaidInOneLine() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "").resolve("x.html");
        assertThat(run(file)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("[FILE_UNWRITABLE] " + file + ": Not a directory; ");
    }

    @Test
    void theFileIsLikeAnyNewOneAndAllThatIsThere() throws Exception {
        Path usual = Files.createFile(folder.resolve("usual"));
        Path file = folder.resolve("x.html");
        Files.writeString(file, "one of before");
        assertThat(run(file)).isZero();
        assertThat(file).hasContent("a report");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(Files.getPosixFilePermissions(usual));
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactlyInAnyOrder(usual, file);
        }
    }

    @Test
    void whereThereIsNoReportTheOneOfBeforeStays() throws Exception {
        status = 503;
        Path file = Files.writeString(folder.resolve("x.html"), "one of before");
        assertThat(run(file)).isEqualTo(1);
        assertThat(file).hasContent("one of before");
        assertThat(folder.toFile().list()).containsExactly("x.html");
    }

    @Test
    void aDeviceIsWrittenToAndStaysOne() {
        assertThat(run(Path.of("/dev/null"))).isZero();
        assertThat(Path.of("/dev/null")).exists().satisfies(device -> assertThat(Files.isRegularFile(device)).isFalse());
    }

    private int run(Path out) {
        PrintStream before = System.err;
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        try {
            return new CommandLine(new ReportCommand()).execute("--out", out.toString(), "--url", "http://127.0.0.1:" + server.getAddress().getPort());
        } finally {
            System.setErr(before);
        }
    }
}
