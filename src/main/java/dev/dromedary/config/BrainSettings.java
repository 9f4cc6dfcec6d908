package dev.dromedary.config;

/** What the brain goes by. */
public record BrainSettings(ReputationSettings reputation, ChoiceSettings choice, AdaptivePaceSettings pace, WarmUpSettings warmUp, EarlyWarningSettings warning,
        IsolationSettings isolation, EngagementSettings engagement) {

    static BrainSettings bind(Settings root) {
        return new BrainSettings(
                ReputationSchema.bind(root.section("reputation")),
                ChoiceSchema.bind(root.section("choice")),
                AdaptivePaceSchema.bind(root.section("adaptive-pace")),
                WarmUpSchema.bind(root.section("warm-up")),
                EarlyWarningSchema.bind(root.section("early-warning")),
                IsolationSchema.bind(root.section("isolation")),
                EngagementSchema.bind(root.section("engagement")));
    }
}
