package dev.dromedary.config;

/** What is remembered of attempts and complaints, and how much of it says something. */
public record ReputationSettings(boolean enabled) {
}
