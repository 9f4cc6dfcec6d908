package dev.dromedary.cli.top;

import org.jline.utils.AttributedStyle;

/** What a piece of text means, as far as it shows. Colour never says anything that no word says as well. */
enum Ink {
    PLAIN(AttributedStyle.DEFAULT, -1),
    FAINT(AttributedStyle.DEFAULT.faint(), -1),
    STRONG(AttributedStyle.DEFAULT.bold(), -1),
    TITLE(AttributedStyle.DEFAULT.bold(), AttributedStyle.CYAN),
    GOOD(AttributedStyle.DEFAULT, AttributedStyle.GREEN),
    WARN(AttributedStyle.DEFAULT, AttributedStyle.YELLOW),
    BAD(AttributedStyle.DEFAULT.bold(), AttributedStyle.RED),
    ACCENT(AttributedStyle.DEFAULT, AttributedStyle.CYAN),
    BAR(AttributedStyle.DEFAULT.inverse(), -1),
    ALARM(AttributedStyle.DEFAULT.inverse().bold(), AttributedStyle.RED);

    private final AttributedStyle style;
    private final int colour;

    Ink(AttributedStyle style, int colour) {
        this.style = style;
        this.colour = colour;
    }

    /** @param colours whether the terminal may be given colours */
    AttributedStyle style(boolean colours) {
        return colours && colour >= 0 ? style.foreground(colour) : style;
    }
}
