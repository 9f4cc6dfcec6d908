package dev.dromedary.cli.top;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Answers with the samples, or as it is told to; it can be taken away and come back on the same port. */
final class SampleServer implements AutoCloseable {
    final Map<Call, String> answers = new EnumMap<>(Samples.answers());
    /** Answers to other paths, for details. */
    final Map<String, String> more = new ConcurrentHashMap<>();
    /** Paths with their queries, and the key each came with. */
    final List<String> asked = new CopyOnWriteArrayList<>();
    volatile int status = 200;
    volatile String refusal = "";
    private int port;
    private HttpServer server;
    private ExecutorService threads;

    SampleServer() throws IOException {
        start();
    }

    void start() throws IOException {
        threads = Executors.newCachedThreadPool();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        port = server.getAddress().getPort();
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            asked.add(path + " " + exchange.getRequestHeaders().getFirst("Authorization"));
            Call call = List.of(Call.values()).stream().filter(each -> each.path.equals(path)).findFirst().orElse(null);
            String answer = status != 200 ? refusal : call == null ? more.get(path) : answers.get(call);
            byte[] body = (answer == null ? "" : answer).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer == null ? 404 : status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    void stop() {
        server.stop(0);
        threads.shutdownNow();
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        stop();
    }
}
