package dev.dromedary.smtp;

import dev.dromedary.outcome.SmtpPhase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it hears. */
final class HeardTimings implements SmtpTimings {
    final List<SmtpStep> steps = new CopyOnWriteArrayList<>();
    final List<String> connections = new CopyOnWriteArrayList<>();
    final Map<SmtpStep, Long> longest = new ConcurrentHashMap<>();

    @Override
    public void connected(long nanos) {
        connections.add("opened");
    }

    @Override
    public void failed(SmtpPhase at) {
        connections.add("failed " + at);
    }

    @Override
    public void reused() {
        connections.add("reused");
    }

    @Override
    public void closed(CloseReason reason) {
        connections.add("closed " + reason);
    }

    @Override
    public void step(SmtpStep step, long nanos) {
        steps.add(step);
        longest.merge(step, nanos, Math::max);
    }
}
