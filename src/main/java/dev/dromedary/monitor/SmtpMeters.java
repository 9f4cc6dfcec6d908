package dev.dromedary.monitor;

import dev.dromedary.outcome.SmtpPhase;
import dev.dromedary.smtp.CloseReason;
import dev.dromedary.smtp.SmtpStep;
import dev.dromedary.smtp.SmtpTimings;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;

/** Meters of one pool's connections and transactions: all there from the start, found by the ordinal of what they are of. */
final class SmtpMeters implements SmtpTimings {
    private final Timer connect;
    private final Counter opened;
    private final Counter reused;
    private final Map<SmtpPhase, Counter> failed;
    private final Map<CloseReason, Counter> closed;
    private final Map<SmtpStep, Timer> steps;
    private final Map<SmtpPhase, Timer> taken;
    private final Map<SmtpPhase, Timer> refused;

    SmtpMeters(MeterRegistry registry, String pool) {
        connect = Timer.builder("dromedary.smtp.connect").tag("pool", pool)
                .description("Time until a new connection was ready for MAIL: greeting, EHLO, TLS and AUTH").register(registry);
        opened = counter("dromedary.pool.connections.opened", "SMTP connections that became ready for MAIL").tag("pool", pool).register(registry);
        reused = counter("dromedary.pool.connections.reused", "Messages over a connection that had carried one before").tag("pool", pool).register(registry);
        failed = each(SmtpPhase.class, SmtpPhase::beforeTransaction, phase -> counter("dromedary.pool.connections.failed", "SMTP connections that did not become ready for MAIL")
                .tag("pool", pool).tag("phase", id(phase)).register(registry));
        closed = each(CloseReason.class, reason -> true, reason -> counter("dromedary.pool.connections.closed", "SMTP connections closed, and why")
                .tag("pool", pool).tag("reason", reason.id()).register(registry));
        steps = each(SmtpStep.class, step -> true, step -> Timer.builder("dromedary.smtp.step").tag("pool", pool).tag("step", step.id())
                .description("Time of each step of SMTP conversations").register(registry));
        taken = each(SmtpPhase.class, phase -> phase == SmtpPhase.END_OF_DATA, phase -> transaction(pool, phase, true).register(registry));
        refused = each(SmtpPhase.class, phase -> !phase.beforeTransaction() && phase != SmtpPhase.QUIT, phase -> transaction(pool, phase, false).register(registry));
    }

    private static Timer.Builder transaction(String pool, SmtpPhase reached, boolean accepted) {
        return Timer.builder("dromedary.smtp.transaction").tag("pool", pool).tag("reached", id(reached)).tag("accepted", Boolean.toString(accepted))
                .description("Time from MAIL to the reply that ended the transaction");
    }

    private static Counter.Builder counter(String name, String description) {
        return Counter.builder(name).description(description);
    }

    private static String id(SmtpPhase phase) {
        return phase.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>, M> Map<E, M> each(Class<E> type, Predicate<E> wanted, Function<E, M> meter) {
        var all = new EnumMap<E, M>(type);
        for (E one : type.getEnumConstants()) {
            if (wanted.test(one)) {
                all.put(one, meter.apply(one));
            }
        }
        return all;
    }

    @Override
    public void connected(long nanos) {
        opened.increment();
        connect.record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void failed(SmtpPhase at) {
        Counter counter = failed.get(at);
        if (counter != null) {
            counter.increment();
        }
    }

    @Override
    public void reused() {
        reused.increment();
    }

    @Override
    public void closed(CloseReason reason) {
        closed.get(reason).increment();
    }

    @Override
    public void step(SmtpStep step, long nanos) {
        steps.get(step).record(nanos, TimeUnit.NANOSECONDS);
    }

    @Override
    public void transaction(SmtpPhase reached, boolean accepted, long nanos) {
        Timer timer = (accepted ? taken : refused).get(reached);
        if (timer != null) {
            timer.record(nanos, TimeUnit.NANOSECONDS);
        }
    }
}
