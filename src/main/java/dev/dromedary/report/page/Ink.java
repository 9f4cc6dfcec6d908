package dev.dromedary.report.page;

import java.awt.Color;

/** Colours by what they are for; those of lines are told apart by the colour-blind as well (Okabe and Ito, "Color Universal Design", 2008). */
enum Ink {
    TEXT("#1f2328", "t"), MUTED("#59636e", "m"), GRID("#d8dee4", "g"), FIRST("#0072b2", "a"), SECOND("#d55e00", "b"), THIRD("#009e73", "c"), FOURTH("#cc79a7", "d");

    private final String hex;
    private final String style;

    Ink(String hex, String style) {
        this.hex = hex;
        this.style = style;
    }

    /** On white; a page's style sheet may have others for the class. */
    String hex() {
        return hex;
    }

    String style() {
        return style;
    }

    Color color() {
        return Color.decode(hex);
    }

    static Ink line(int index) {
        return values()[FIRST.ordinal() + index % 4];
    }
}
