package dev.dromedary.smtp;

import dev.dromedary.message.EmailAddress;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sends messages of 4 KB to an SMTP sink for as long as asked and prints the rate of each second; run by {@code bench/smtp-client.sh}.
 * Arguments: port, threads, seconds.
 */
final class SmtpClientLoad {
    private SmtpClientLoad() {
    }

    public static void main(String[] arguments) throws InterruptedException {
        int port = Integer.parseInt(arguments[0]);
        int threads = Integer.parseInt(arguments[1]);
        int seconds = Integer.parseInt(arguments[2]);
        byte[] mime = ("Subject: load\r\n\r\n" + "0123456789 0123456789 0123456789 0123456789 0123456789 012345678\r\n".repeat(61))
                .getBytes(StandardCharsets.US_ASCII);
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        SmtpPoolClient client = new SmtpPoolClient(
                TestPools.at(port).maxConnections(threads).maxMessages(1_000_000).pool(), scheduler, SmtpTimings.NONE);
        LongAdder sent = new LongAdder();
        LongAdder faults = new LongAdder();
        long end = System.nanoTime() + seconds * 1_000_000_000L;
        CountDownLatch done = new CountDownLatch(threads);
        AtomicLong peak = new AtomicLong();
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(null, () -> sendUntil(end, client, mime, sent, faults, done), "load-" + i, 256 * 1024);
            thread.setDaemon(true);
            thread.start();
        }
        long before = 0;
        for (int second = 1; done.getCount() > 0 && second <= seconds; second++) {
            Thread.sleep(1_000);
            long now = sent.sum();
            long heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20;
            peak.accumulateAndGet(heap, Math::max);
            System.out.printf("second %d: %d/s, faults %d, heap %d MB, %s%n", second, now - before, faults.sum(), heap, client.connections());
            before = now;
        }
        System.gc();
        System.out.printf("sent %d, faults %d, heap seen %d MB, after collection %d MB%n", sent.sum(), faults.sum(), peak.get(),
                ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() >> 20);
        client.close();
        scheduler.shutdownNow();
    }

    private static void sendUntil(long end, SmtpPoolClient client, byte[] mime, LongAdder sent, LongAdder faults, CountDownLatch done) {
        EmailAddress from = new EmailAddress("sender", "example.com");
        EmailAddress to = new EmailAddress("rcpt", "example.net");
        while (System.nanoTime() < end) {
            try {
                client.send(from, to, mime, 0);
                sent.increment();
            } catch (SmtpDeliveryException e) {
                faults.increment();
                if (faults.sum() == 1) {
                    e.printStackTrace();
                }
            }
        }
        done.countDown();
    }
}
