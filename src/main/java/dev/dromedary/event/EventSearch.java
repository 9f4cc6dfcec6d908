package dev.dromedary.event;

import dev.dromedary.store.Sql;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Finds messages by what their events say, the latest first. There is no b-tree to find them by, as it would cost every insert: a BRIN index knows which
 * blocks are of which time, and a Bloom filter a block range which may have a recipient. So time is looked through backwards, in longer and longer pieces, until
 * enough is found or {@link #PATIENCE} is over.
 */
public final class EventSearch {
    static final Duration PATIENCE = Duration.ofSeconds(8);
    private static final Duration FIRST_PIECE = Duration.ofMinutes(10);
    private static final int GROWTH = 6;
    /** What a message can be found in. That it is kept as a dead letter, was replayed, or was complained about, is no state of its own. */
    public static final List<EventKind> STATES = List.of(EventKind.ACCEPTED, EventKind.SCHEDULED, EventKind.DEFERRED, EventKind.DELIVERED, EventKind.DELIVERED_IN_DOUBT, EventKind.BOUNCED,
            EventKind.EXPIRED, EventKind.SUPPRESSED, EventKind.CANCELLED);
    private static final String LATEST = " cross join lateral (select * from event l where l.message_id = e.message_id and l.kind not in ('dead-lettered', 'replayed', 'complained')"
            + " order by l.at desc, l.attempt desc limit 1) latest where %s order by latest.at desc limit ?";

    private final DataSource source;

    public EventSearch(DataSource source) {
        this.source = source;
    }

    /**
     * What is looked for; null for any.
     *
     * @param recipient an address, in any case, or {@code @} and a domain; so is {@code sender}
     */
    public record Wanted(@Nullable String recipient, @Nullable String sender, @Nullable String stream, @Nullable String campaign, @Nullable String provider, @Nullable EventKind state) {
    }

    /**
     * @param messages     the latest event of each
     * @param searchedFrom how far back was looked
     * @param complete     whether these are all there are in the time asked for
     */
    public record Found(List<DeliveryEvent> messages, Instant searchedFrom, boolean complete) {
    }

    /** @param from of the time at which a message got into its state, or was accepted where no state is asked for; @param to behind it */
    public Found find(Wanted wanted, Instant from, Instant to, int limit) throws SQLException {
        var found = new ArrayList<DeliveryEvent>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Instant until = to;
        Duration piece = wanted.recipient() == null ? FIRST_PIECE : Duration.between(from, to);
        while (until.isAfter(from) && found.size() <= limit) {
            long left = (deadline - System.nanoTime()) / 1_000_000;
            Instant since = until.minus(piece).isBefore(from) ? from : until.minus(piece);
            try {
                found.addAll(piece(wanted, since, until, limit + 1 - found.size(), Math.max(1, left)));
            } catch (SQLException e) {
                if (!"57014".equals(e.getSQLState())) {
                    throw e;
                }
                return new Found(List.copyOf(found), until, false);
            }
            until = since;
            piece = piece.multipliedBy(GROWTH);
        }
        boolean complete = found.size() <= limit;
        return new Found(List.copyOf(complete ? found : found.subList(0, limit)), until, complete);
    }

    private List<DeliveryEvent> piece(Wanted wanted, Instant since, Instant until, int limit, long millis) throws SQLException {
        var parameters = new ArrayList<@Nullable Object>();
        var sql = new StringBuilder("select latest.* from (select message_id from event where kind = ? and at >= ? and at < ?");
        parameters.add((wanted.state() == null ? EventKind.ACCEPTED : wanted.state()).id());
        parameters.add(since);
        parameters.add(until);
        address(sql, parameters, "recipient", wanted.recipient());
        address(sql, parameters, "sender", wanted.sender());
        equal(sql, parameters, "stream", wanted.stream());
        equal(sql, parameters, "campaign", wanted.campaign());
        equal(sql, parameters, "provider", wanted.provider());
        sql.append(") e").append(LATEST.formatted(wanted.state() == null ? "true" : "latest.kind = ?"));
        if (wanted.state() != null) {
            parameters.add(wanted.state().id());
        }
        parameters.add(limit);
        return Sql.transaction(source, connection -> {
            Sql.list(connection, "select set_config('statement_timeout', ?, true)", row -> row.getString(1), String.valueOf(millis));
            return Sql.list(connection, sql.toString(), EventHistory::event, parameters.toArray());
        });
    }

    private static void address(StringBuilder sql, List<@Nullable Object> parameters, String column, @Nullable String value) {
        if (value != null && value.startsWith("@")) {
            sql.append(" and right(").append(column).append(", ?) = ?");
            parameters.add(value.length());
            parameters.add(value.toLowerCase(Locale.ROOT));
        } else if (value != null) {
            sql.append(" and lower(").append(column).append(") = ?");
            parameters.add(value.toLowerCase(Locale.ROOT));
        }
    }

    private static void equal(StringBuilder sql, List<@Nullable Object> parameters, String column, @Nullable String value) {
        if (value != null) {
            sql.append(" and ").append(column).append(" = ?");
            parameters.add(value);
        }
    }
}
