package dev.dromedary.monitor;

import dev.dromedary.event.EventKind;
import dev.dromedary.history.Tallies;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.smtp.SmtpStep;
import dev.dromedary.smtp.SmtpTimings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;

/**
 * What the metrics and the history's counts cost a message that is accepted and delivered, in CPU time of the thread that does it, so that other work on the machine counts little; run by
 * {@code bench/metrics.sh}. Arguments: rounds, messages of a round and thread.
 */
final class MetricsCost {
    private static final int PROVIDERS = 20;
    private static final int SCRAPES = 50;
    private static final String[] POOLS = {"mta-1", "mta-2", "mta-3", "mta-4"};
    private static final SmtpStep[] STEPS = {SmtpStep.MAIL, SmtpStep.RCPT, SmtpStep.DATA, SmtpStep.BODY, SmtpStep.REPLY};
    private static final Duration AGE = Duration.ofMillis(140);

    private final List<Envelope> messages = new ArrayList<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Tallies tallies = new Tallies();
    private final List<SmtpTimings> smtp;
    private final Meters meters;

    private interface Work {
        void message(int i);
    }

    private MetricsCost() {
        List<String> providers = IntStream.range(0, PROVIDERS).mapToObj(i -> "provider-" + i).toList();
        meters = new Meters(registry, tallies, providers, List.of(POOLS));
        smtp = List.of(POOLS).stream().map(meters::smtp).toList();
        for (int i = 0; i < 1_024; i++) {
            messages.add(new Envelope("m" + i, "m" + i, null, EmailAddress.parse("ann@example.com"), "provider-" + i % PROVIDERS, "stream-" + i % 30, null, List.of(), i % 3 * 60, 3,
                    Instant.EPOCH, 1, 4_096));
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        int rounds = Integer.parseInt(arguments[0]);
        int count = Integer.parseInt(arguments[1]);
        var cost = new MetricsCost();
        for (int threads : new int[] {1, 8}) {
            cost.report("metrics and history", threads, rounds, count, cost::all);
            cost.report("of this the counts for the history", threads, rounds, count, cost::history);
            cost.report("of this the steps of SMTP", threads, rounds, count, cost::steps);
        }
        int bytes = 0;
        long start = 0;
        for (int i = 0; i < 2 * SCRAPES; i++) {
            start = i == SCRAPES ? ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() : start;
            bytes = cost.registry.scrape().length();
        }
        System.out.printf("{\"name\":\"a scrape\",\"bytes\":%d,\"ms\":%.1f}%n", bytes, (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6 / SCRAPES);
    }

    private void all(int i) {
        Envelope envelope = messages.get(i & 1_023);
        meters.accepted(Way.SMTP, List.of(envelope));
        meters.attempted(envelope, POOLS[i & 3], "route", EventKind.DELIVERED, 12, AGE);
        steps(i);
    }

    private void history(int i) {
        Envelope envelope = messages.get(i & 1_023);
        tallies.accepted(Way.SMTP.id(), 1);
        tallies.attempted(envelope, POOLS[i & 3], EventKind.DELIVERED, 12, AGE.toMillis());
    }

    private void steps(int i) {
        SmtpTimings timings = smtp.get(i & 3);
        timings.reused();
        long first = System.nanoTime();
        long from = first;
        for (SmtpStep step : STEPS) {
            long now = System.nanoTime();
            timings.step(step, now - from);
            from = now;
        }
        timings.transaction(SmtpPhase.END_OF_DATA, true, System.nanoTime() - first);
    }

    /** The first third of the rounds warms the JVM up. */
    private void report(String name, int threads, int rounds, int count, Work work) throws InterruptedException {
        List<Double> nanos = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            double took = round(threads, count, work);
            if (round >= rounds / 3) {
                nanos.add(took);
            }
        }
        nanos.sort(Double::compare);
        System.out.printf("{\"name\":\"%s\",\"threads\":%d,\"ns_per_message\":%.0f,\"least\":%.0f,\"most\":%.0f}%n", name, threads, nanos.get(nanos.size() / 2), nanos.get(0),
                nanos.get(nanos.size() - 1));
    }

    /** @return CPU time a message, in nanoseconds, of all threads */
    private static double round(int threads, int count, Work work) throws InterruptedException {
        var spent = new LongAdder();
        var done = new CountDownLatch(threads);
        for (int thread = 0; thread < threads; thread++) {
            int first = thread * 37;
            new Thread(() -> {
                long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                for (int i = 0; i < count; i++) {
                    work.message(first + i);
                }
                spent.add(ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before);
                done.countDown();
            }, "cost-" + thread).start();
        }
        done.await();
        return (double) spent.sum() / threads / count;
    }
}
