package dev.dromedary.camel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** What a terminal would show of what is written to it: as much of an xterm as a screen that is drawn line by line needs. */
final class TerminalPicture {
    private static final char ESCAPE = '\u001b';
    private static final int DIM = 2;
    private int rows;
    private int columns;
    private char[][] text;
    private boolean[][] dim;
    private int row;
    private int column;
    private boolean dimNow;
    private boolean alternate;
    private boolean cursor = true;
    private int cleared;
    private final StringBuilder sequence = new StringBuilder();
    private final TreeSet<String> unknown = new TreeSet<>();

    TerminalPicture(int rows, int columns) {
        resize(rows, columns);
    }

    /** What it showed is gone, as a program that is told of the new size draws anew. */
    void resize(int newRows, int newColumns) {
        rows = newRows;
        columns = newColumns;
        row = Math.min(row, rows - 1);
        column = Math.min(column, columns - 1);
        text = new char[rows][columns];
        dim = new boolean[rows][columns];
        erase(0, 0, rows - 1, columns);
    }

    void write(String written) {
        written.chars().forEach(c -> write((char) c));
    }

    private void write(char c) {
        if (!sequence.isEmpty() || c == ESCAPE) {
            sequence.append(c);
            if (isWhole(sequence)) {
                String whole = sequence.toString();
                sequence.setLength(0);
                obey(whole);
            }
        } else if (c == '\r') {
            column = 0;
        } else if (c == '\n') {
            down();
        } else if (c == '\b') {
            column = Math.max(0, column - 1);
        } else if (c >= ' ') {
            print(c);
        }
    }

    private void print(char c) {
        if (column == columns) {
            column = 0;
            down();
        }
        text[row][column] = c;
        dim[row][column] = dimNow;
        column++;
    }

    private void down() {
        if (row == rows - 1) {
            delete(0, 1);
        } else {
            row++;
        }
    }

    private static boolean isWhole(CharSequence sequence) {
        int length = sequence.length();
        char last = sequence.charAt(length - 1);
        return switch (length < 2 ? ' ' : sequence.charAt(1)) {
            case ' ' -> false;
            case '[' -> length > 2 && last >= '@' && last <= '~';
            case '(', ')' -> length > 2;
            default -> true;
        };
    }

    private void obey(String whole) {
        if (whole.charAt(1) != '[') {
            // Keypad modes and character sets.
            return;
        }
        char kind = whole.charAt(whole.length() - 1);
        String given = whole.substring(2, whole.length() - 1);
        if (given.startsWith("?")) {
            mode(given.substring(1), kind == 'h');
            return;
        }
        int[] numbers = Arrays.stream(given.split(";")).filter(part -> !part.isEmpty()).mapToInt(Integer::parseInt).toArray();
        int first = numbers.length > 0 ? numbers[0] : 0;
        int many = Math.max(1, first);
        int here = Math.min(column, columns - 1);
        switch (kind) {
            case 'm' -> style(numbers);
            case 'H' -> to(many - 1, (numbers.length > 1 ? Math.max(1, numbers[1]) : 1) - 1);
            case 'A' -> to(row - many, here);
            case 'B' -> to(row + many, here);
            case 'C' -> to(row, here + many);
            case 'D' -> to(row, here - many);
            case 'G' -> to(row, many - 1);
            case 'd' -> to(many - 1, here);
            case 'J' -> clear(first);
            case 'K' -> erase(row, first == 0 ? here : 0, row, first == 1 ? here + 1 : columns);
            case 'X' -> erase(row, here, row, Math.min(columns, here + many));
            case 'L' -> insert(row, many);
            case 'M' -> delete(row, many);
            case 'P' -> shift(here, -many);
            case '@' -> shift(here, many);
            case 't' -> { }
            default -> unknown.add(whole);
        }
    }

    private void mode(String number, boolean on) {
        switch (number) {
            case "1049" -> alternate = on;
            case "25" -> cursor = on;
            default -> { }
        }
    }

    private void style(int[] numbers) {
        dimNow = numbers.length > 0 && dimNow;
        for (int number : numbers) {
            dimNow = number == DIM || dimNow && number != 0 && number != 22;
        }
    }

    private void to(int newRow, int newColumn) {
        row = Math.max(0, Math.min(rows - 1, newRow));
        column = Math.max(0, Math.min(columns - 1, newColumn));
    }

    private void clear(int kind) {
        if (kind == 2) {
            cleared++;
            erase(0, 0, rows - 1, columns);
        } else {
            erase(row, Math.min(column, columns - 1), rows - 1, columns);
        }
    }

    /** To before the given column of the last row. */
    private void erase(int fromRow, int fromColumn, int toRow, int toColumn) {
        for (int i = fromRow; i <= toRow; i++) {
            Arrays.fill(text[i], i == fromRow ? fromColumn : 0, i == toRow ? toColumn : columns, ' ');
            Arrays.fill(dim[i], i == fromRow ? fromColumn : 0, i == toRow ? toColumn : columns, false);
        }
    }

    private void insert(int at, int many) {
        for (int i = rows - 1; i >= at; i--) {
            text[i] = i - many >= at ? text[i - many] : blank();
            dim[i] = i - many >= at ? dim[i - many] : new boolean[columns];
        }
    }

    private void delete(int at, int many) {
        for (int i = at; i < rows; i++) {
            text[i] = i + many < rows ? text[i + many] : blank();
            dim[i] = i + many < rows ? dim[i + many] : new boolean[columns];
        }
    }

    private char[] blank() {
        char[] line = new char[columns];
        Arrays.fill(line, ' ');
        return line;
    }

    /** What is right of the cursor, to the right, or to the left where negative. */
    private void shift(int from, int by) {
        char[] before = text[row].clone();
        boolean[] dimBefore = dim[row].clone();
        for (int i = from; i < columns; i++) {
            boolean known = i - by >= from && i - by < columns;
            text[row][i] = known ? before[i - by] : ' ';
            dim[row][i] = known && dimBefore[i - by];
        }
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        for (char[] line : text) {
            lines.add(new String(line).stripTrailing());
        }
        return lines;
    }

    /** Whether all of the text of the first line that contains this is dimmed. */
    boolean isDim(String part) {
        for (int i = 0; i < rows; i++) {
            if (new String(text[i]).contains(part)) {
                for (int j = 0; j < columns; j++) {
                    if (text[i][j] != ' ' && !dim[i][j]) {
                        return false;
                    }
                }
                return true;
            }
        }
        return false;
    }

    boolean isAlternate() {
        return alternate;
    }

    boolean hasCursor() {
        return cursor;
    }

    /** How often all of it was cleared. */
    int cleared() {
        return cleared;
    }

    /** Sequences that are not known here, so that the picture may be another. */
    List<String> unknown() {
        return List.copyOf(unknown);
    }
}
