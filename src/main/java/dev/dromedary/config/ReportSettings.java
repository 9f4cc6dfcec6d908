package dev.dromedary.config;

import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What reports, health score and capacity go by.
 *
 * @param expectedThroughput messages a second, or null for what is usual at the hour
 * @param expectedLatency    of a conversation with a server
 * @param databaseLimit      bytes, or null: then that of the disk where the database is embedded, else none
 */
public record ReportSettings(@Nullable Double expectedThroughput, Duration expectedLatency, @Nullable Long databaseLimit, Mail mail) {

    /** How often, and over what: the day, the week from Monday, or the month before. */
    public enum Every { DAY, WEEK, MONTH }

    /**
     * The report that is mailed.
     *
     * @param to   empty where none is
     * @param from an address
     * @param at   in UTC
     */
    public record Mail(List<String> to, @Nullable String from, Every every, LocalTime at, boolean pdf, String stream) {
    }
}
