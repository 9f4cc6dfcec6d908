package dev.dromedary.engagement;

/** What is known of a recipient, and of the groups that it belongs to, as of one instant. */
public record Known(Hours own, Hours stream, Hours provider, Hours all) {
    public static final Known NOTHING = new Known(Hours.NONE, Hours.NONE, Hours.NONE, Hours.NONE);

    Expectation expectation() {
        return group().towardsOwn(own);
    }

    private Expectation group() {
        return Expectation.EVEN.towardsGroup(all).towardsGroup(provider).towardsGroup(stream);
    }
}
