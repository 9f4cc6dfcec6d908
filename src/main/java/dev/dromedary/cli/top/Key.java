package dev.dromedary.cli.top;

import java.io.IOException;

/** A key that was pressed. @param number of {@link Action#VIEW}, from 1; the character of {@link Action#TYPED} */
record Key(Action action, int number) {
    /** Of a byte that is awaited: none came in time. */
    static final int NOTHING = -2;
    private static final int END = -1;
    private static final int ESCAPE = 27;
    private static final int CONTROL_C = 3;
    private static final int CONTROL_D = 4;
    private static final int BACKSPACE = 8;
    private static final int DELETE = 127;
    private static final int CONTROL_L = 12;
    private static final int LONGEST_SEQUENCE = 16;

    enum Action { QUIT, PAUSE, HELP, BACK, VIEW, NEXT, PREVIOUS, UP, DOWN, PAGE_UP, PAGE_DOWN, TOP, BOTTOM, LEFT, RIGHT, SORT, LONGER, SHORTER, REFRESH, FILTER, ENTER, TYPED, ERASE, NONE }

    /** Where characters come from. */
    interface Source {
        /** @return the next, {@link #NOTHING} where none came in time, or -1 at the end */
        int read() throws IOException;
    }

    static Key of(Action action) {
        return new Key(action, 0);
    }

    /** @param first character that was read; @param more the rest of an arrow's or function key's sequence */
    static Key read(int first, Source more) throws IOException {
        if (first >= '1' && first <= '9') {
            return new Key(Action.VIEW, first - '0');
        }
        return of(switch (first) {
            case 'q', 'Q', CONTROL_C, CONTROL_D, END -> Action.QUIT;
            case 'p', 'P', ' ' -> Action.PAUSE;
            case '?', 'h', 'H' -> Action.HELP;
            case '\t' -> Action.NEXT;
            case 'k' -> Action.UP;
            case 'j' -> Action.DOWN;
            case 'g' -> Action.TOP;
            case 'G' -> Action.BOTTOM;
            case 's', 'S' -> Action.SORT;
            case '+', '=' -> Action.LONGER;
            case '-', '_' -> Action.SHORTER;
            case 'r', 'R', CONTROL_L -> Action.REFRESH;
            case '/' -> Action.FILTER;
            case '\r', '\n' -> Action.ENTER;
            case ESCAPE -> sequence(more);
            default -> Action.NONE;
        });
    }

    /** Where a text is typed. */
    static Key typed(int first, Source more) throws IOException {
        return switch (first) {
            case BACKSPACE, DELETE -> of(Action.ERASE);
            case ESCAPE, CONTROL_C, CONTROL_D, END, '\r', '\n' -> read(first, more);
            default -> first >= ' ' ? new Key(Action.TYPED, first) : of(Action.NONE);
        };
    }

    private static Action sequence(Source more) throws IOException {
        int kind = more.read();
        if (kind == NOTHING || kind == END) {
            return Action.BACK;
        }
        if (kind != '[' && kind != 'O') {
            return Action.NONE;
        }
        var text = new StringBuilder();
        while (text.length() < LONGEST_SEQUENCE) {
            int next = more.read();
            if (next < ' ') {
                return Action.NONE;
            }
            text.append((char) next);
            if (next >= '@' && next <= '~') {
                break;
            }
        }
        // With Shift, Alt or Control there is a modifier behind a number: 1;5H.
        return switch (text.toString().replaceFirst(";\\d+", "").replaceFirst("^1(?=[A-Z])", "")) {
            case "A" -> Action.UP;
            case "B" -> Action.DOWN;
            case "C" -> Action.RIGHT;
            case "D" -> Action.LEFT;
            case "H", "1~", "7~" -> Action.TOP;
            case "F", "4~", "8~" -> Action.BOTTOM;
            case "5~" -> Action.PAGE_UP;
            case "6~" -> Action.PAGE_DOWN;
            case "Z" -> Action.PREVIOUS;
            default -> Action.NONE;
        };
    }
}
