package dev.dromedary.config;

/** When a decline counts, and what is done before a block. */
public record EarlyWarningSettings(boolean enabled) {
}
