package dev.dromedary.reaction;

import dev.dromedary.config.Rate;
import dev.dromedary.config.RateText;
import java.util.Locale;

/** What is done while a reaction holds. Written as {@link #text()} gives it. */
public sealed interface ReactionAction {
    String FORM = "suspend, rate x0.5, rate 10/min, connections 1, messages-per-connection 2 or bounce";

    /** One word, for filters and metrics. */
    String id();

    String text();

    /** Nothing is sent; mail waits or goes through other pools. */
    record Suspend() implements ReactionAction {
        @Override
        public String id() {
            return "suspend";
        }

        @Override
        public String text() {
            return id();
        }
    }

    /** @param factor of the rate before, over 0 and under 1 */
    record CutRate(double factor) implements ReactionAction {
        @Override
        public String id() {
            return "rate";
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "rate x%s", factor);
        }
    }

    record LimitRate(Rate rate) implements ReactionAction {
        @Override
        public String id() {
            return "rate";
        }

        @Override
        public String text() {
            return "rate " + RateText.print(rate);
        }
    }

    /** @param most conversations at a time, 1 or more */
    record LimitConnections(int most) implements ReactionAction {
        @Override
        public String id() {
            return "connections";
        }

        @Override
        public String text() {
            return id() + " " + most;
        }
    }

    /** @param most messages over one connection, 1 or more */
    record LimitMessages(int most) implements ReactionAction {
        @Override
        public String id() {
            return "messages-per-connection";
        }

        @Override
        public String text() {
            return id() + " " + most;
        }
    }

    /** Mail that no other pool may take is given up. */
    record Bounce() implements ReactionAction {
        @Override
        public String id() {
            return "bounce";
        }

        @Override
        public String text() {
            return id();
        }
    }

    /** @throws IllegalArgumentException where the text has none of the forms */
    static ReactionAction parse(String text) {
        return ActionText.parse(text.strip());
    }
}
