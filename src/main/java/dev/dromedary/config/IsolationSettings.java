package dev.dromedary.config;

/** What keeps bad mail from harming the good. */
public record IsolationSettings(boolean enabled) {
}
