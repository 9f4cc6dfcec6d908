package dev.dromedary.sent;

import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.SmtpReply;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What remembering a delivery costs: {@code java -cp ... dev.dromedary.sent.SentLogMeasurement FOLDER [threads] [records]}. Each line is the
 * second of two rounds: wall time by record over all threads, and CPU time of the whole process by record.
 */
final class SentLogMeasurement {
    private SentLogMeasurement() {
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 16;
        int records = args.length > 2 ? Integer.parseInt(args[2]) : 1_000_000;
        Clock clock = Clock.systemUTC();
        try (Deliveries memory = Deliveries.inMemory(20_000, clock)) {
            measure("memory alone", memory, threads, records, false);
        }
        try (Deliveries log = Deliveries.logged(folder.resolve("log"), 20_000, false, Duration.ofDays(5), clock)) {
            measure("log", log, threads, records, false);
            measure("log with marks", log, threads, records, true);
            System.out.printf("files: %d KB%n", log.logBytes() / 1000);
        }
        try (Deliveries synced = Deliveries.logged(folder.resolve("synced"), 20_000, true, Duration.ofDays(5), clock)) {
            measure("log, synced", synced, threads, Math.min(records, 20_000), false);
        }
        long start = System.nanoTime();
        Deliveries.logged(folder.resolve("log"), 20_000, false, Duration.ofDays(5), clock).close();
        System.out.printf("start with a full log: %d ms%n", (System.nanoTime() - start) / 1_000_000);
    }

    private static void measure(String what, Deliveries deliveries, int threads, int records, boolean marks) throws Exception {
        round(deliveries, threads, records / 2, marks, "a");
        var os = (com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory.getOperatingSystemMXBean();
        long cpu = os.getProcessCpuTime();
        long start = System.nanoTime();
        round(deliveries, threads, records, marks, "b");
        long wall = System.nanoTime() - start;
        System.out.printf("%-16s %d threads: %.2f us wall and %.2f us CPU a message; %d a second%n", what, threads, wall / 1e3 / records,
                (os.getProcessCpuTime() - cpu) / 1e3 / records, records * 1_000_000_000L / wall);
    }

    private static void round(Deliveries deliveries, int threads, int records, boolean marks, String prefix) throws InterruptedException {
        var reply = new SmtpReply(250, "2.0.0", "2.0.0 Ok: queued as 4QxYzB1dS0z3kPq");
        Instant accepted = Instant.now();
        List<Thread> running = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            String name = "01JABCDEFGHJKMNPQRST" + prefix + t + ".";
            Thread thread = new Thread(() -> {
                for (int i = 0; i < records / threads; i++) {
                    var envelope = new Envelope(name + i, name, null, TO, "other", "default", null, List.of(), 4, 3, accepted, 1, 4096);
                    if (marks) {
                        deliveries.started(envelope, "pool-a");
                    }
                    deliveries.taken(envelope, "pool-a", reply, 12);
                }
            });
            thread.start();
            running.add(thread);
        }
        for (Thread thread : running) {
            thread.join();
        }
    }

    private static final EmailAddress TO = EmailAddress.parse("ann@example.com");
}
