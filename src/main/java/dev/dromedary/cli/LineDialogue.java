package dev.dromedary.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.function.UnaryOperator;

/** One line out for each line in, in UTF-8 whatever the locale. */
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
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            answers.write(answer.apply(line));
            answers.write('\n');
            if (!lines.ready()) {
                answers.flush();
            }
        }
        answers.flush();
    }
}
