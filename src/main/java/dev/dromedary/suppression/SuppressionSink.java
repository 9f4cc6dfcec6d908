package dev.dromedary.suppression;

import dev.dromedary.config.DromedaryConfig.Repeat;
import dev.dromedary.event.DeliveryEvent;
import dev.dromedary.event.EventKind;
import dev.dromedary.store.BatchSink;
import dev.dromedary.store.BulkInsert;
import dev.dromedary.store.Sql;
import dev.dromedary.suppression.SuppressionNotice.Kind;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import javax.sql.DataSource;

/**
 * Writes what attempts said about their recipients: entries of the list, and strikes, which suppress when there are enough of them.
 * Bears to be given the same notices again. A message strikes once however often it is tried; a delivery forgets what was before it.
 */
public final class SuppressionSink implements BatchSink<SuppressionNotice> {
    private static final BulkInsert<SuppressionNotice> STRIKES = BulkInsert.<SuppressionNotice>into("suppression_strike")
            .text("address", SuppressionNotice::address)
            .text("stream", notice -> notice.stream() == null ? "" : notice.stream())
            .text("reason", SuppressionNotice::reason)
            .text("message_id", SuppressionNotice::messageId)
            .time("at", SuppressionNotice::at)
            .build("on conflict do nothing");
    private static final String COUNT = "select count(*) from suppression_strike where address = ? and stream = ? and reason = ? and at > ?";
    private static final String FORGET = "delete from suppression_strike s using unnest(?::text[], ?::timestamptz[]) as d(address, at) where s.address = d.address and s.at <= d.at";
    private final SuppressionStore store;
    private final SuppressionPolicy policy;
    private final DataSource source;
    private final InstantSource clock;

    public SuppressionSink(SuppressionStore store, SuppressionPolicy policy, DataSource source, InstantSource clock) {
        this.store = store;
        this.policy = policy;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public void write(List<SuppressionNotice> notices) throws SQLException {
        store.extend(connection -> {
            var entries = new ArrayList<Suppression>();
            var strikes = new TreeMap<String, SuppressionNotice>();
            for (SuppressionNotice notice : notices) {
                if (notice.kind() == Kind.STRIKE) {
                    strikes.putIfAbsent(String.join("\0", notice.address(), notice.stream() == null ? "" : notice.stream(), notice.reason(), notice.messageId()), notice);
                } else {
                    entries.add(policy.entry(notice));
                }
            }
            STRIKES.write(connection, List.copyOf(strikes.values()));
            for (SuppressionNotice strike : strikes.values()) {
                if (enough(connection, strike)) {
                    entries.add(policy.entry(strike));
                }
            }
            return entries;
        });
    }

    private boolean enough(Connection connection, SuppressionNotice strike) throws SQLException {
        Repeat rule = policy.repeat().get(strike.reason());
        if (rule == null) {
            return false;
        }
        long count = Sql.list(connection, COUNT, row -> row.getLong(1), strike.address(), strike.stream() == null ? "" : strike.stream(), strike.reason(),
                strike.at().minus(rule.window())).get(0);
        return count >= rule.times();
    }

    /** Forgets the strikes of those who have taken mail since. */
    public void delivered(List<DeliveryEvent> events) throws SQLException {
        var latest = new TreeMap<String, Instant>();
        for (DeliveryEvent event : events) {
            if (event.kind() == EventKind.DELIVERED) {
                latest.merge(Suppression.folded(event.recipient()), event.at(), (a, b) -> a.isAfter(b) ? a : b);
            }
        }
        if (!latest.isEmpty()) {
            Sql.update(source, FORGET, latest.keySet(), latest.values().stream().map(at -> at.atOffset(ZoneOffset.UTC).toString()).toList());
        }
    }

    /** Deletes strikes older than every window. */
    public int purge() throws SQLException {
        Duration longest = policy.repeat().values().stream().map(Repeat::window).max(Duration::compareTo).orElse(Duration.ZERO);
        return Sql.update(source, "delete from suppression_strike where at < ?", clock.instant().minus(longest));
    }
}
