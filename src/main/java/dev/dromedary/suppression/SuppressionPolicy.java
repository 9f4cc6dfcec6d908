package dev.dromedary.suppression;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.DromedaryConfig.Lasting;
import dev.dromedary.config.DromedaryConfig.Scope;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Action;
import dev.dromedary.outcome.Classification;
import dev.dromedary.suppression.Suppression.Origin;
import dev.dromedary.suppression.SuppressionNotice.Kind;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Which refusals and complaints suppress an address, how far, and for how long. */
public final class SuppressionPolicy {
    public static final String COMPLAINT = "complaint";
    private final DromedaryConfig.Suppression config;

    public SuppressionPolicy(DromedaryConfig.Suppression config) {
        this.config = config;
    }

    /** What a refusal says about its recipient, if anything. @param reply its text */
    public Optional<SuppressionNotice> of(Envelope envelope, Classification meaning, String reply, Instant now) {
        Action action = meaning.action();
        Kind kind = action == Action.BOUNCE_AND_SUPPRESS ? Kind.PERMANENT : action == Action.SUPPRESS ? Kind.COMPLAINT : Kind.STRIKE;
        if (kind == Kind.STRIKE && !config.repeat().containsKey(meaning.reason())) {
            return Optional.empty();
        }
        return Optional.of(new SuppressionNotice(kind, Suppression.folded(envelope.to().toString()), scoped(lasting(kind), envelope.stream()), meaning.reason(), reply,
                envelope.id(), now));
    }

    /** For a notice that suppresses, which a strike does only as the last of several. */
    Suppression entry(SuppressionNotice notice) {
        return new Suppression(notice.address(), notice.stream(), notice.reason(), notice.detail(), notice.kind() == Kind.COMPLAINT ? Origin.COMPLAINT : Origin.REFUSAL,
                notice.at(), end(lasting(notice.kind()), notice.at()));
    }

    /** @param stream that of the message complained about, or null where it is not known: then no stream may write to the address */
    public Suppression complaint(String address, @Nullable String stream, String detail, Instant now) {
        return new Suppression(address, scoped(config.complaint(), stream), COMPLAINT, detail, Origin.COMPLAINT, now, end(config.complaint(), now));
    }

    /** By the reason of a refusal, how often it may come. */
    Map<String, DromedaryConfig.Repeat> repeat() {
        return config.repeat();
    }

    private Lasting lasting(Kind kind) {
        return switch (kind) {
            case PERMANENT -> config.permanent();
            case COMPLAINT -> config.complaint();
            case STRIKE -> config.repeated();
        };
    }

    private static @Nullable String scoped(Lasting lasting, @Nullable String stream) {
        return lasting.scope() == Scope.ALL ? null : stream;
    }

    private static @Nullable Instant end(Lasting lasting, Instant start) {
        return lasting.expires() == null ? null : start.plus(lasting.expires());
    }
}
