package dev.dromedary.camel;

/** What came of an attempt to tell somebody of an alert. */
sealed interface Told {
    /** It was taken. */
    record Sent() implements Told {
    }

    /** @param why on one line */
    record Failed(String why) implements Told {
        public Failed {
            why = OneLine.of(why);
        }
    }

    /** The receiver wants no more. @param why on one line */
    record Gone(String why) implements Told {
        public Gone {
            why = OneLine.of(why);
        }
    }
}
