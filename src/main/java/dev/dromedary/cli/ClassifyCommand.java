package dev.dromedary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.dromedary.outcome.Classification;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.ReplyRules;
import dev.dromedary.outcome.ReplyRulesException;
import dev.dromedary.outcome.RuleProblem;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.outcome.SmtpReplyParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What each of many SMTP replies means, one answer a line. */
@Command(
        name = "classify",
        mixinStandardHelpOptions = true,
        description = {
            "Reads SMTP replies, one a line, each followed if you like by a tab and the id of the mailbox provider,",
            "and prints for each a JSON object: code, enhanced status, category, action, reason, cause and the rule that decided."})
public final class ClassifyCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern WITH_PROVIDER = Pattern.compile("(.*)\\t *([A-Za-z0-9][A-Za-z0-9._-]{0,62})? *", Pattern.DOTALL);
    private final InputStream in;
    private final OutputStream out;

    @Option(names = "--rules", paramLabel = "FILE", description = "Use this rules file; what it leaves out is built in.")
    private @Nullable Path rules;

    @Option(names = "--lint", paramLabel = "FILE", description = "Check a rules file, print each of its problems and read nothing. Exit code 1 where there is one.")
    private @Nullable Path lint;

    public ClassifyCommand() {
        this(System.in, System.out);
    }

    ClassifyCommand(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        if (lint != null) {
            return linted(lint);
        }
        ReplyClassifier classifier;
        try {
            classifier = new ReplyClassifier(rules == null ? ReplyRules.builtIn() : ReplyRules.load(rules));
        } catch (ReplyRulesException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        new LineDialogue(in, out).run(line -> answer(classifier, line));
        return 0;
    }

    private int linted(Path file) {
        List<RuleProblem> problems = ReplyRules.lint(file);
        PrintStream lines = new PrintStream(out, true, StandardCharsets.UTF_8);
        problems.forEach(problem -> lines.println(problem.text()));
        if (problems.isEmpty()) {
            lines.println("ok");
        }
        return problems.isEmpty() ? 0 : 1;
    }

    private static String answer(ReplyClassifier classifier, String line) {
        Matcher parts = WITH_PROVIDER.matcher(line);
        boolean split = parts.matches();
        SmtpReply reply = SmtpReplyParser.parse(split ? parts.group(1) : line);
        Classification meaning = classifier.classify(reply, split ? parts.group(2) : null);
        ObjectNode answer = JSON.createObjectNode();
        answer.put("code", reply.code() == 0 ? null : Integer.valueOf(reply.code()));
        answer.put("enhanced", reply.enhanced());
        answer.put("category", meaning.category().id());
        answer.put("action", meaning.action().id());
        answer.put("reason", meaning.reason());
        answer.put("cause", meaning.cause().id());
        answer.put("rule", meaning.rule());
        try {
            return JSON.writeValueAsString(answer);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
