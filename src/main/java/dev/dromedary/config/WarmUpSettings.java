package dev.dromedary.config;

/** How new pools and addresses are brought to volume. */
public record WarmUpSettings(boolean enabled) {
}
