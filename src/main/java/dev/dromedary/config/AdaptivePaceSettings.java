package dev.dromedary.config;

/** How the pace of each pool towards each provider follows what the provider answers. */
public record AdaptivePaceSettings(boolean enabled) {
}
