package dev.dromedary.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.dromedary.camel.Demonstration;
import dev.dromedary.camel.Wiring;
import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sends the guide's hundred messages through a Dromedary of its own, in a folder of its own, to the sandbox. */
@Command(name = "demo", description = "Send 100 messages through three delivery routes and two pools to the sandbox, and print what came of it.",
        mixinStandardHelpOptions = true)
public final class DemoCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @Option(names = "--exit", description = "stop when done; else keep running until SIGINT")
    private boolean exit;

    @Override
    public Integer call() throws Exception {
        Path data = Files.createTempDirectory("dromedary-demo");
        try {
            DromedaryConfig config = new ConfigLoader(BuiltInProviders.load()).load(Home.path().resolve("config/demo"), data, freePorts());
            try (Wiring wiring = Wiring.start(config, Home.path(), data)) {
                Demonstration.Result result = new Demonstration(wiring).run(PATIENCE);
                print(result);
                if (!exit) {
                    System.out.printf("look at http://127.0.0.1:%d/v1/messages/test_message_0 ; Ctrl-C stops it%n", config.http().port());
                    Thread.currentThread().join();
                }
                return result.sent() == Demonstration.MESSAGES ? 0 : 1;
            }
        } finally {
            delete(data);
        }
    }

    private static void print(Demonstration.Result result) throws IOException {
        System.out.println("outcomes: " + result.outcomes());
        System.out.println("delivered by pool: " + result.pools());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("total_messages", Demonstration.MESSAGES);
        line.put("successful_sends", result.sent());
        line.put("failed_sends", Demonstration.MESSAGES - result.sent());
        line.put("success_rate", result.sent() / (double) Demonstration.MESSAGES);
        System.out.println(new ObjectMapper().writeValueAsString(line));
        System.out.flush();
    }

    /** So that a demonstration runs beside anything else on the machine. */
    private static Map<String, String> freePorts() throws IOException {
        try (ServerSocket http = new ServerSocket(0); ServerSocket management = new ServerSocket(0); ServerSocket sandbox = new ServerSocket(0)) {
            String smtp = Integer.toString(sandbox.getLocalPort());
            return Map.of("DROMEDARY_HTTP_PORT", Integer.toString(http.getLocalPort()), "DROMEDARY_MANAGEMENT_PORT",
                    Integer.toString(management.getLocalPort()), "DROMEDARY_SANDBOX_PORT", smtp, "DROMEDARY_POOLS_PRIMARY_POOL_PORT", smtp,
                    "DROMEDARY_POOLS_SECONDARY_POOL_PORT", smtp);
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
