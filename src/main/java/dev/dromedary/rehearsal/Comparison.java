package dev.dromedary.rehearsal;

import dev.dromedary.config.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** One scenario under several policies, as many at a time as there are processors. */
public final class Comparison {
    private Comparison() {
    }

    /** @return one result a policy, in the order asked for */
    public static List<Result> run(Scenario scenario, List<Policy> policies, boolean withReactions) throws InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(Math.min(policies.size(), Runtime.getRuntime().availableProcessors()));
        try {
            List<Future<Result>> running = new ArrayList<>();
            policies.forEach(policy -> running.add(workers.submit(() -> new Rehearsal(scenario, policy, withReactions).run())));
            List<Result> results = new ArrayList<>();
            for (Future<Result> each : running) {
                results.add(each.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the rehearsal of " + scenario.name() + " broke off: " + e.getCause(), e.getCause());
        } finally {
            workers.shutdownNow();
        }
    }
}
