package dev.dromedary.camel;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Submits messages, each to a recipient of its own, from some threads until told to stop, and remembers who was accepted. */
final class SteadyLoad implements AutoCloseable {
    private static final List<String> DOMAINS = List.of("gmail.com", "outlook.com", "yahoo.com", "gmx.de", "elsewhere.example");
    private static final long PAUSE_AFTER_REFUSAL = 50;

    /** @return true where the recipient's message was accepted */
    @FunctionalInterface
    interface Submission {
        boolean submit(String to) throws Exception;
    }

    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopping;

    SteadyLoad(int threads, int most, Submission submission) {
        for (int i = 0; i < threads; i++) {
            Thread thread = new Thread(() -> run(most, submission), "load-" + i);
            thread.start();
            this.threads.add(thread);
        }
    }

    private void run(int most, Submission submission) {
        int number = next.getAndIncrement();
        while (!stopping && number < most) {
            String to = "load" + number + "@" + DOMAINS.get(number % DOMAINS.size());
            try {
                if (submission.submit(to)) {
                    accepted.add(to);
                } else {
                    pause();
                }
            } catch (Exception e) {
                pause();
            }
            number = next.getAndIncrement();
        }
    }

    private void pause() {
        refused.incrementAndGet();
        try {
            Thread.sleep(PAUSE_AFTER_REFUSAL);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    Set<String> accepted() {
        return accepted;
    }

    int refused() {
        return refused.get();
    }

    /** @return how many of the accepted arrived more than once, counting each time after the first */
    int duplicates(Map<String, Integer> arrivals) {
        return accepted.stream().mapToInt(to -> Math.max(0, arrivals.getOrDefault(to, 0) - 1)).sum();
    }

    Set<String> missing(Map<String, Integer> arrivals) {
        return accepted.stream().filter(to -> !arrivals.containsKey(to)).collect(Collectors.toSet());
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
