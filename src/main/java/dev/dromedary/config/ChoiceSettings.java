package dev.dromedary.config;

/** How a pool is taken among those with room. */
public record ChoiceSettings(boolean enabled) {
}
