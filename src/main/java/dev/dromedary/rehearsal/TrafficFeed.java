package dev.dromedary.rehearsal;

import dev.dromedary.config.Scenario;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/** One kind of mail, message by message: exactly as many as the scenario says, spread as its shape says. */
final class TrafficFeed {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Scenario.Traffic traffic;
    private final RandomGenerator random;
    private final long from;
    /** Weight of all minutes up to and including each. */
    private final double[] upTo;
    private final String[] providers;
    private final int[] shares;
    private final int allShares;
    private long sent;
    private int minute;

    TrafficFeed(Scenario.Traffic traffic, Instant start, RandomGenerator random) {
        this.traffic = traffic;
        this.random = random;
        this.from = traffic.from().toNanos();
        this.upTo = new double[(int) Math.max(1, traffic.length().toMinutes())];
        double sum = 0;
        for (int i = 0; i < upTo.length; i++) {
            sum += weight(start.plus(traffic.from()).plusSeconds(60L * i), i);
            upTo[i] = sum;
        }
        List<Scenario.Share> mix = traffic.mix();
        this.providers = mix.stream().map(Scenario.Share::provider).toArray(String[]::new);
        this.shares = mix.stream().mapToInt(Scenario.Share::parts).toArray();
        this.allShares = Math.max(1, mix.stream().mapToInt(Scenario.Share::parts).sum());
    }

    private double weight(Instant at, int index) {
        var when = at.atOffset(ZoneOffset.UTC);
        DayOfWeek day = when.getDayOfWeek();
        double ofDay = day == DayOfWeek.SATURDAY || day == DayOfWeek.SUNDAY ? traffic.weekend() : 1;
        double hours = when.getHour() + when.getMinute() / 60.0 - traffic.peak().toMinutes() / 60.0;
        return switch (traffic.shape()) {
            case FLAT -> ofDay;
            case DIURNAL -> ofDay * (1 + traffic.swing() * Math.cos(2 * Math.PI * hours / 24));
            case BURST -> index == 0 ? 1 : 0;
        };
    }

    /** Puts the first on the agenda; each puts the next there. */
    void start(Agenda agenda, VirtualTime time, Consumer<SimMessage> sink) {
        next(agenda, time, sink);
    }

    private void next(Agenda agenda, VirtualTime time, Consumer<SimMessage> sink) {
        if (sent >= traffic.messages()) {
            return;
        }
        double at = (sent + random.nextDouble()) / traffic.messages() * upTo[upTo.length - 1];
        sent++;
        while (minute < upTo.length - 1 && upTo[minute] < at) {
            minute++;
        }
        double before = minute == 0 ? 0 : upTo[minute - 1];
        double within = upTo[minute] > before ? Math.min(1, Math.max(0, (at - before) / (upTo[minute] - before))) : 0;
        agenda.add(from + minute * MINUTE + (long) (within * MINUTE), () -> {
            sink.accept(message(time.nanos()));
            next(agenda, time, sink);
        });
    }

    private SimMessage message(long now) {
        boolean unknown = random.nextDouble() * 100 < traffic.unknown();
        boolean spam = random.nextDouble() * 100 < traffic.spam();
        return new SimMessage(traffic, provider(), now, unknown, spam);
    }

    private String provider() {
        int drawn = random.nextInt(allShares);
        for (int i = 0; i < shares.length; i++) {
            drawn -= shares[i];
            if (drawn < 0) {
                return providers[i];
            }
        }
        return providers[providers.length - 1];
    }
}
