package dev.dromedary.cli.top;

import org.jline.utils.AttributedString;

/** What the terminal can show. @param unicode whether it takes more than ASCII */
record Palette(boolean colours, boolean unicode) {
    private static final String BARS = "▁▂▃▄▅▆▇█·…";
    private static final String ASCII = "_.,-=+*# ~";

    AttributedString draw(Line line) {
        return unicode ? line.styled(colours) : line.translated(Palette::ascii).styled(colours);
    }

    String plain(Line line) {
        return (unicode ? line : line.translated(Palette::ascii)).plain().stripTrailing();
    }

    /** As wide as before. */
    private static String ascii(String text) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            int bar = BARS.indexOf(c);
            String asciiText = c < 0x7F ? Character.toString(c) : bar >= 0 ? ASCII.substring(bar, bar + 1) : "?".repeat(SafeText.width(Character.toString(c)));
            out.append(asciiText);
        });
        return out.toString();
    }
}
