package dev.dromedary.ingress;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.store.IdempotencyStore;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The request keys seen before: the latest in memory, all of the window in Postgres, where they arrive with the accepted event.
 * While Postgres is away the memory and the broker's duplicate detection stand in, so that accepting goes on. Thread safe.
 */
public final class IdempotencyLedger {
    private static final Logger LOG = LoggerFactory.getLogger(IdempotencyLedger.class);
    private static final int REMEMBERED = 100_000;

    private final IdempotencyStore store;
    private final Map<String, Known> recent = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
            return size() > REMEMBERED;
        }
    };

    private record Known(String requestHash, String submissionId) {
    }

    public IdempotencyLedger(IdempotencyStore store) {
        this.store = store;
    }

    /**
     * @return the submission's id where the same request was accepted under the key
     * @throws RefusedException {@link RefusalCode#IDEMPOTENCY_CONFLICT} where another request was
     */
    public Optional<String> find(RequestKey key) {
        Known known = known(key.key());
        if (known == null) {
            return Optional.empty();
        }
        if (!known.requestHash().equals(key.requestHash())) {
            throw new RefusedException(RefusalCode.IDEMPOTENCY_CONFLICT, "Idempotency-Key", key.key(), "it was used for another request; take a new key");
        }
        return Optional.of(known.submissionId());
    }

    public void accepted(RequestKey key, String submissionId) {
        synchronized (recent) {
            recent.put(key.key(), new Known(key.requestHash(), submissionId));
        }
    }

    private @org.jspecify.annotations.Nullable Known known(String key) {
        synchronized (recent) {
            Known known = recent.get(key);
            if (known != null) {
                return known;
            }
        }
        try {
            return store.find(key).map(entry -> new Known(entry.requestHash(), entry.submissionId())).orElse(null);
        } catch (SQLException e) {
            LOG.warn("[IDEMPOTENCY_UNREAD] database: {}; the broker's duplicate detection stands in", e.getMessage());
            return null;
        }
    }
}
