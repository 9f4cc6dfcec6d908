package dev.dromedary.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** One line out for each line in, in UTF-8 whatever the locale; malformed bytes are read as U+FFFD. */
final class LineDialogue {
    private final InputStream in;
    private final OutputStream out;

    LineDialogue(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    /** Ends with the input; writes in large pieces while there is more to read, and at once where somebody waits. */
    void run(UnaryOperator<String> answer) throws IOException {
        var lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        var answers = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        for (String line = line(lines); line != null; line = line(lines)) {
            answers.write(answer.apply(line));
            answers.write('\n');
            if (!lines.ready()) {
                answers.flush();
            }
        }
        answers.flush();
    }

    /** Ended by LF or CRLF. A CR elsewhere is part of the line, which {@link BufferedReader#readLine} would make two. */
    private static @Nullable String line(Reader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int c = lines.read();
        if (c < 0) {
            return null;
        }
        for (; c >= 0 && c != '\n'; c = lines.read()) {
            line.append((char) c);
        }
        int end = line.length() - 1;
        if (c == '\n' && end >= 0 && line.charAt(end) == '\r') {
            line.setLength(end);
        }
        return line.toString();
    }
}
