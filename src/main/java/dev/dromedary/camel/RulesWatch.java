package dev.dromedary.camel;

import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.ReplyRules;
import dev.dromedary.outcome.ReplyRulesException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks once a minute whether the rules file has changed, and puts the new rules in force; bad ones are reported, and the old ones stay. */
final class RulesWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(RulesWatch.class);

    private final ReplyClassifier classifier;
    private final Path file;
    private @Nullable FileTime seen;

    RulesWatch(ReplyClassifier classifier, Path file) {
        this.classifier = classifier;
        this.file = file;
        this.seen = modified();
    }

    /** A classifier that follows {@code file}, or one with the built-in rules where there is none. */
    static ReplyClassifier classifier(@Nullable Path file, ScheduledExecutorService timer) {
        if (file == null) {
            return ReplyClassifier.withBuiltInRules();
        }
        ReplyClassifier classifier = new ReplyClassifier(ReplyRules.load(file));
        timer.scheduleWithFixedDelay(new RulesWatch(classifier, file), 1, 1, TimeUnit.MINUTES);
        return classifier;
    }

    @Override
    public void run() {
        FileTime modified = modified();
        if (modified == null || modified.equals(seen)) {
            return;
        }
        seen = modified;
        try {
            classifier.reload(file);
            LOG.info("[RULES_RELOADED] {}: changed; its rules are in force", file);
        } catch (ReplyRulesException e) {
            LOG.error("[RULES_REFUSED] {}: changed; the old rules stay until it is mended:\n{}", file, e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("[RULES_REFUSED] {}: {}; the old rules stay", file, e.toString());
        }
    }

    private @Nullable FileTime modified() {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            return null;
        }
    }
}
