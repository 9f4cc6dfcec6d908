package dev.dromedary.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What reports, health score and capacity go by.
 *
 * @param expectedThroughput messages a second, or null for what is usual at the hour
 * @param expectedLatency    of a conversation with a server
 * @param databaseLimit      bytes, or null: then that of the disk where the database is embedded, else none
 */
public record ReportSettings(@Nullable Double expectedThroughput, Duration expectedLatency, @Nullable Long databaseLimit) {
}
