package dev.dromedary.ingress;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what it accepts. */
final class SmtpTestIntake implements Intake {
    final List<SmtpSubmission> accepted = new CopyOnWriteArrayList<>();

    @Override
    public String accept(SmtpSubmission submission) {
        accepted.add(submission);
        return "id-" + accepted.size();
    }

    SmtpSubmission only() {
        if (accepted.size() != 1) {
            throw new AssertionError("messages accepted: " + accepted.size());
        }
        return accepted.get(0);
    }

    String text() {
        return new String(only().data(), StandardCharsets.UTF_8);
    }
}
