package dev.dromedary.camel;

import dev.dromedary.FreePort;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** An Artemis from its distribution in a process of its own, set up as {@code docs/storage.md} says an outside broker has to be. It can be killed. */
final class OutsideBroker implements AutoCloseable {
    static final String USER = "dromedary";
    static final String PASSWORD = "secret-of-the-broker";
    private static final Path DISTRIBUTION = Path.of("target", "artemis");

    private final Path instance;
    private final int port;
    private @Nullable Process process;

    private OutsideBroker(Path instance, int port) {
        this.instance = instance;
        this.port = port;
    }

    static OutsideBroker start(Path instance) throws Exception {
        int port = FreePort.next();
        run(List.of(home().resolve("bin/artemis").toAbsolutePath().toString(), "create", instance.toString(), "--user", USER, "--password", PASSWORD, "--require-login", "--no-web",
                "--silent", "--no-autotune", "--default-port", String.valueOf(port), "--no-amqp-acceptor", "--no-mqtt-acceptor", "--no-stomp-acceptor", "--no-hornetq-acceptor"));
        Path settings = instance.resolve("etc/broker.xml");
        Files.writeString(settings, asDocumented(Files.readString(settings)));
        OutsideBroker broker = new OutsideBroker(instance, port);
        broker.startAgain();
        return broker;
    }

    /** The generated settings with the block of the document in place of their own. */
    private static String asDocumented(String generated) throws IOException {
        Matcher block = Pattern.compile("(?s)```xml\n(.*?)```").matcher(Files.readString(Path.of("docs/storage.md")));
        if (!block.find()) {
            throw new IOException("docs/storage.md: no XML block");
        }
        return generated.replaceFirst("(?s)<addresses>.*</addresses>", "").replaceFirst("(?s)<address-settings>.*</address-settings>", "")
                .replaceFirst("<critical-analyzer-policy>\\w+</critical-analyzer-policy>", "")
                // Newer than this distribution, as the document says.
                .replace("</core>", block.group(1).replaceFirst("<disk-full-policy>.*</disk-full-policy>", "") + "</core>");
    }

    void startAgain() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(instance.resolve("bin/artemis").toString(), "run").redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(instance.resolve("out.log").toFile()));
        builder.environment().put("JAVA_ARGS", "-Xmx512m -XX:+UseSerialGC --add-opens java.base/jdk.internal.misc=ALL-UNNAMED");
        Process started = builder.start();
        process = started;
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            if (!started.isAlive()) {
                throw new IllegalStateException("the broker ended: " + Files.readString(instance.resolve("out.log")));
            }
            return listens();
        });
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** As SIGKILL does. */
    void kill() throws InterruptedException {
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    String url() {
        return "tcp://127.0.0.1:" + port;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private static Path home() throws IOException {
        try (Stream<Path> folders = Files.list(DISTRIBUTION)) {
            return folders.filter(folder -> Files.exists(folder.resolve("bin/artemis"))).findFirst()
                    .orElseThrow(() -> new IOException("no Artemis in " + DISTRIBUTION.toAbsolutePath() + "; mvn pre-integration-test unpacks one"));
        }
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
            process.destroyForcibly();
            throw new IOException(String.join(" ", command) + " did not end well");
        }
    }
}
