package dev.dromedary.reputation;

import dev.dromedary.config.ReputationSettings;

/** What can be held against a sender. Each has its evidence kept apart, as providers forgive each at a pace of its own. */
public enum Grievance {
    DEFERRAL("deferral", "attempts were deferred"),
    BLOCK("block", "attempts were blocked"),
    HARD_BOUNCE("hard-bounce", "attempts went to useless addresses"),
    COMPLAINT("complaint", "accepted messages were complained about");

    private final String id;
    private final String verdict;

    Grievance(String id, String verdict) {
        this.id = id;
        this.verdict = verdict;
    }

    public String id() {
        return id;
    }

    /** To follow "12.1 % of 830". */
    String verdict() {
        return verdict;
    }

    ReputationSettings.Part in(ReputationSettings settings) {
        return switch (this) {
            case DEFERRAL -> settings.deferral();
            case BLOCK -> settings.block();
            case HARD_BOUNCE -> settings.hardBounce();
            case COMPLAINT -> settings.complaint();
        };
    }
}
