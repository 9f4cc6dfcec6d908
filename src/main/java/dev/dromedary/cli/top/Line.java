package dev.dromedary.cli.top;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.WCWidth;

/** A line of the screen, piece by piece. The one way by which text gets onto the screen: all of it is made harmless here. */
final class Line {
    static final String CUT = "…";
    private final List<Piece> pieces = new ArrayList<>();
    private int width;

    private record Piece(String text, Ink ink) {
    }

    static Line of(String text) {
        return of(text, Ink.PLAIN);
    }

    static Line of(String text, Ink ink) {
        return new Line().add(text, ink);
    }

    Line add(String text) {
        return add(text, Ink.PLAIN);
    }

    Line add(String text, Ink ink) {
        return piece(SafeText.of(text), ink);
    }

    Line add(Line other) {
        pieces.addAll(other.pieces);
        width += other.width;
        return this;
    }

    private Line piece(String safe, Ink ink) {
        if (!safe.isEmpty()) {
            pieces.add(new Piece(safe, ink));
            width += SafeText.width(safe);
        }
        return this;
    }

    /** In columns; characters of the Far East take two. */
    int width() {
        return width;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** @return this, or as much as fits, with an ellipsis */
    Line fit(int columns) {
        if (width <= columns) {
            return this;
        }
        var cut = new Line();
        if (columns < 1) {
            return cut;
        }
        for (Piece piece : pieces) {
            String head = head(piece.text, columns - 1 - cut.width);
            cut.piece(head, piece.ink);
            if (head.length() < piece.text.length()) {
                return cut.piece(CUT, piece.ink);
            }
        }
        return cut;
    }

    /** The longest beginning that takes at most so many columns. */
    private static String head(String text, int columns) {
        int taken = 0;
        int at = 0;
        while (at < text.length()) {
            int c = text.codePointAt(at);
            taken += Math.max(0, WCWidth.wcwidth(c));
            if (taken > columns) {
                break;
            }
            at += Character.charCount(c);
        }
        return text.substring(0, at);
    }

    /** @return exactly so many columns wide, cut or filled with blanks */
    Line pad(int columns, boolean right) {
        Line fitting = fit(columns);
        String blanks = " ".repeat(Math.max(0, columns - fitting.width));
        return right ? Line.of(blanks).add(fitting) : new Line().add(fitting).add(blanks);
    }

    Line pad(int columns) {
        return pad(columns, false);
    }

    /** Broken between words, or within one that is too long, into at most so many lines; the last is cut. */
    List<Line> wrap(int columns, int most) {
        if (width <= columns || most <= 1 || columns < 2) {
            return List.of(fit(columns));
        }
        Ink ink = pieces.get(0).ink;
        var lines = new ArrayList<Line>();
        String rest = plain();
        while (lines.size() < most - 1 && SafeText.width(rest) > columns) {
            String head = head(rest, columns);
            int blank = rest.charAt(head.length()) == ' ' ? head.length() : head.lastIndexOf(' ');
            String part = blank > head.length() / 2 ? rest.substring(0, blank) : head;
            lines.add(new Line().piece(part, ink));
            rest = rest.substring(part.length()).stripLeading();
        }
        lines.add(new Line().piece(rest, ink).fit(columns));
        return lines;
    }

    /** All of it in one ink. */
    Line in(Ink ink) {
        return new Line().piece(plain(), ink);
    }

    Line translated(UnaryOperator<String> by) {
        var out = new Line();
        pieces.forEach(piece -> out.piece(by.apply(piece.text), piece.ink));
        return out;
    }

    String plain() {
        return pieces.stream().map(Piece::text).collect(Collectors.joining());
    }

    AttributedString styled(boolean colours) {
        var out = new AttributedStringBuilder();
        pieces.forEach(piece -> out.styled(piece.ink.style(colours), piece.text));
        return out.toAttributedString();
    }
}
