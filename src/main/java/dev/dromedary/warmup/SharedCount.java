package dev.dromedary.warmup;

import java.time.LocalDate;

/** What this node and what the others sent on a day. */
public record SharedCount(String pool, String provider, LocalDate day, DayCount own, DayCount others) {
}
