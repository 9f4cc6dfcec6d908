package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Camel only logs where an HTTP port cannot be listened on, and starts all the same: so it is tried before. */
final class HttpPorts {
    private HttpPorts() {
    }

    /** @throws StartException naming each port that cannot be listened on */
    static void check(DromedaryConfig config) {
        List<String> problems = new ArrayList<>();
        attempt(problems, "http", config.http().bind(), config.http().port());
        attempt(problems, "management", config.management().bind(), config.management().port());
        if (!problems.isEmpty()) {
            throw new StartException(String.join(System.lineSeparator(), problems));
        }
    }

    private static void attempt(List<String> problems, String section, String bind, int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(bind))) {
            socket.setReuseAddress(true);
        } catch (IOException e) {
            problems.add("[PORT_UNAVAILABLE] %s.port: %s:%d: %s; end what listens there, or set another %s.port or %s.bind"
                    .formatted(section, bind, port, e.getMessage(), section, section));
        }
    }
}
