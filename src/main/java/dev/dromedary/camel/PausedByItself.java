package dev.dromedary.camel;

import dev.dromedary.alert.By;
import dev.dromedary.alert.Judged;
import dev.dromedary.alert.Severity;
import dev.dromedary.alert.Topic;
import dev.dromedary.alert.Verdict;
import dev.dromedary.hold.Hold;
import dev.dromedary.hold.HoldStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What a breaker holds: nobody asked for it, and somebody has to decide. What operators hold they know of. */
final class PausedByItself {
    static final String RULE = "paused-by-itself";
    private static final Topic TOPIC = Topic.told(RULE, By.ALL, "", List.of("See what it was for: bin/dromedary holds, and the content and lists of what is held",
            "Let it go on once that is mended: bin/dromedary resume, or end it for good: bin/dromedary cancel"));

    private final HoldStore holds;

    PausedByItself(HoldStore holds) {
        this.holds = holds;
    }

    Judged look(Instant now) throws SQLException {
        return new Judged(TOPIC, holds.standing().stream().filter(one -> one.by().equals(BreakerKeeper.BY) && one.expires().isAfter(now)).map(PausedByItself::verdict).toList());
    }

    private static Verdict verdict(Hold one) {
        return Verdict.told(one.kind().id() + " " + one.value(), Severity.WARNING, Double.NaN, Double.NaN, one.text());
    }
}
