package dev.dromedary.reaction;

import dev.dromedary.config.RateText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads actions as rules files and the database have them. */
final class ActionText {
    private static final String RATE = "rate ";
    private static final Pattern FACTOR = Pattern.compile("rate x(0\\.\\d{1,6})");
    private static final Pattern COUNT = Pattern.compile("(connections|messages-per-connection) ([1-9]\\d{0,5})");

    private ActionText() {
    }

    static ReactionAction parse(String text) {
        Matcher factor = FACTOR.matcher(text);
        Matcher count = COUNT.matcher(text);
        if (text.equals("suspend")) {
            return new ReactionAction.Suspend();
        } else if (text.equals("bounce")) {
            return new ReactionAction.Bounce();
        } else if (factor.matches() && Double.parseDouble(factor.group(1)) > 0) {
            return new ReactionAction.CutRate(Double.parseDouble(factor.group(1)));
        } else if (text.startsWith(RATE) && !text.startsWith(RATE + "x")) {
            return new ReactionAction.LimitRate(RateText.parse(text.substring(RATE.length())));
        } else if (count.matches()) {
            int most = Integer.parseInt(count.group(2));
            return count.group(1).equals("connections") ? new ReactionAction.LimitConnections(most) : new ReactionAction.LimitMessages(most);
        }
        throw new IllegalArgumentException("write " + ReactionAction.FORM);
    }
}
