package dev.dromedary.alert;

import java.util.List;

/** All that is to be said on a topic at a moment. */
public record Judged(Topic topic, List<Verdict> verdicts) {
    public Judged {
        verdicts = List.copyOf(verdicts);
    }
}
