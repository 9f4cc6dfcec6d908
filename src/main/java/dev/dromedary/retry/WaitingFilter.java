package dev.dromedary.retry;

import dev.dromedary.store.MailFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which waiting messages are meant. @param kinds empty for any */
public record WaitingFilter(MailFilter mail, List<DeferredMessage.Kind> kinds) {
    /** What may be sent earlier than its time without breaking a promise: not what was scheduled, nor what is held. */
    public static final List<DeferredMessage.Kind> HASTENED = List.of(DeferredMessage.Kind.DEFERRED, DeferredMessage.Kind.PACED);

    /** A condition to go behind {@code where}. */
    String condition() {
        return mail.condition() + (kinds.isEmpty() ? "" : " and kind = any(?)");
    }

    /** The parameters of {@link #condition()}, in order, and the others behind them. */
    @Nullable Object[] parameters(@Nullable Object... others) {
        var all = new ArrayList<@Nullable Object>(Arrays.asList(mail.parameters()));
        if (!kinds.isEmpty()) {
            all.add(kinds.stream().map(DeferredMessage.Kind::id).toList());
        }
        all.addAll(Arrays.asList(others));
        return all.toArray();
    }

    /** For the audit log: what was asked for, in words. */
    public static String text(Map<String, String> asked) {
        return asked.isEmpty() ? "all" : asked.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).sorted().collect(Collectors.joining(" "));
    }
}
