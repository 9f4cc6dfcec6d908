package dev.dromedary.store;

import dev.dromedary.config.EngagementSettings;
import dev.dromedary.engagement.Engagement;
import dev.dromedary.engagement.Engagement.Standing;
import dev.dromedary.engagement.Hours;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** When recipients and groups read, in PostgreSQL. Safe for use by many threads and nodes. */
public final class EngagementStore {
    /** An event that is told again after so many others of its recipient counts again. */
    static final int RECENT = 32;
    /** Streams are named by who submits: beyond this many, those not yet known count for all mail only. */
    static final int MOST_STREAMS = 1_000;

    private final DataSource source;
    private final EngagementSettings settings;
    private final InstantSource clock;
    private final RecipientKey keys;

    public EngagementStore(DataSource source, EngagementSettings settings, InstantSource clock) throws SQLException {
        this.source = source;
        this.settings = settings;
        this.clock = clock;
        this.keys = new RecipientKey(Sql.list(source, "select secret from engagement_secret", row -> row.getBytes(1)).get(0));
    }

    /** What became of an event. */
    public record Taken(Standing standing, boolean repeated) {
        public boolean counted() {
            return standing == Standing.COUNTED && !repeated;
        }
    }

    /** A recipient's profile. */
    private record Profile(Hours hours, List<Long> recent) {
    }

    /** A group's name. */
    private record Group(String kind, String name) {
        static final Comparator<Group> ORDER = Comparator.comparing(Group::kind).thenComparing(Group::name);
    }

    /** All or nothing. @return in the order of the events */
    public List<Taken> record(List<Engagement> events) throws SQLException {
        Instant oldest = clock.instant().minus(settings.keep());
        return Sql.transaction(source, connection -> {
            Taken[] taken = new Taken[events.size()];
            Map<Group, List<Engagement>> byGroup = new TreeMap<>(Group.ORDER);
            // In the order of their keys, and groups last, so that two batches do not wait for each other in a ring.
            Map<String, byte[]> key = events.stream().map(Engagement::recipient).distinct().collect(Collectors.toMap(one -> one, keys::of));
            for (int i : IntStream.range(0, taken.length).boxed().sorted(Comparator.comparing(i -> key.get(events.get(i).recipient()), Arrays::compareUnsigned)).toList()) {
                Engagement event = events.get(i);
                Standing standing = event.standing(settings.machineWindow(), oldest);
                taken[i] = new Taken(standing, standing == Standing.COUNTED && !addToProfile(connection, key.get(event.recipient()), event));
                if (taken[i].counted()) {
                    groups(event).forEach(group -> byGroup.computeIfAbsent(group, one -> new ArrayList<>()).add(event));
                }
            }
            for (var one : byGroup.entrySet()) {
                addToGroup(connection, one.getKey(), one.getValue());
            }
            return List.of(taken);
        });
    }

    private static List<Group> groups(Engagement event) {
        var groups = new ArrayList<>(List.of(new Group("all", ""), new Group("provider", event.provider())));
        if (event.stream() != null) {
            groups.add(new Group("stream", event.stream()));
        }
        return groups;
    }

    /** @return false where it is there already */
    private boolean addToProfile(Connection connection, byte[] key, Engagement event) throws SQLException {
        Sql.update(connection, "insert into engagement_profile values (?, ?, ?, ?, 0, ?, '{}') on conflict do nothing", key,
                reals(connection, Hours.NONE.hours()), reals(connection, Hours.NONE.days()), Instant.EPOCH, event.at());
        Profile before = Sql.list(connection, "select * from engagement_profile where recipient = ? for update", EngagementStore::profile, key).get(0);
        long mark = keys.mark(event);
        if (before.recent.contains(mark)) {
            return false;
        }
        Hours after = before.hours.plus(event, settings.halfLife());
        List<Long> recent = new ArrayList<>(before.recent);
        recent.add(mark);
        Sql.update(connection, "update engagement_profile set hours = ?, days = ?, as_of = ?, events = ?, seen = greatest(seen, ?), recent = ? where recipient = ?",
                reals(connection, after.hours()), reals(connection, after.days()), after.asOf(), after.events(), event.at(),
                connection.createArrayOf("int8", recent.subList(Math.max(0, recent.size() - RECENT), recent.size()).toArray()), key);
        return true;
    }

    private void addToGroup(Connection connection, Group group, List<Engagement> events) throws SQLException {
        Sql.update(connection, "insert into engagement_group select ?, ?, ?, ?, ?, 0 where ? <> 'stream' or (select count(*) from engagement_group where kind = 'stream') < ?"
                + " on conflict do nothing", group.kind, group.name, doubles(connection, Hours.NONE.hours()), doubles(connection, Hours.NONE.days()), Instant.EPOCH, group.kind,
                MOST_STREAMS);
        List<Hours> before = Sql.list(connection, "select * from engagement_group where kind = ? and name = ? for update", EngagementStore::hours, group.kind, group.name);
        if (before.isEmpty()) {
            return;
        }
        Hours after = before.get(0);
        for (Engagement event : events) {
            after = after.plus(event, settings.halfLife());
        }
        Sql.update(connection, "update engagement_group set hours = ?, days = ?, as_of = ?, events = ? where kind = ? and name = ?", doubles(connection, after.hours()),
                doubles(connection, after.days()), after.asOf(), after.events(), group.kind, group.name);
    }

    /** @return without those of whom nothing is known; faded up to now */
    public Map<String, Hours> recipients(List<String> addresses) throws SQLException {
        var found = new HashMap<String, Hours>();
        try (Connection connection = source.getConnection()) {
            for (String address : addresses) {
                Sql.list(connection, "select * from engagement_profile where recipient = ?", EngagementStore::hours, keys.of(address))
                        .forEach(hours -> found.put(address, hours.faded(clock.instant(), settings.halfLife())));
            }
        }
        return found;
    }

    /** Of all mail, each provider and each stream, by {@code kind/name}; faded up to now. */
    public Map<String, Hours> groups() throws SQLException {
        Map<String, Hours> all = new HashMap<>();
        Sql.list(source, "select * from engagement_group", row -> Map.entry(row.getString("kind") + "/" + row.getString("name"), hours(row)))
                .forEach(one -> all.put(one.getKey(), one.getValue().faded(clock.instant(), settings.halfLife())));
        return all;
    }

    /** The audit log names who is forgotten no more than the table did: by the beginning of the key. @return false where nothing was known */
    public boolean forget(String address, String by, String reason) throws SQLException {
        byte[] key = keys.of(address);
        String subject = "recipient " + HexFormat.of().formatHex(key, 0, 8);
        return Sql.transaction(source, connection -> {
            boolean known = Sql.update(connection, "delete from engagement_profile where recipient = ?", key) > 0;
            if (known) {
                AuditLog.write(connection, new AuditLog.Entry(clock.instant(), by, "engagement.forget", subject, reason, null));
            }
            return known;
        });
    }

    /** Forgets recipients of whom nothing was heard for long. @return how many */
    public int purge() throws SQLException {
        return Sql.update(source, "delete from engagement_profile where seen < ?", clock.instant().minus(settings.keep()));
    }

    private static Profile profile(ResultSet row) throws SQLException {
        return new Profile(hours(row), List.of((Long[]) row.getArray("recent").getArray()));
    }

    private static Hours hours(ResultSet row) throws SQLException {
        return Hours.of(numbers(row, "hours"), numbers(row, "days"), Objects.requireNonNull(Sql.instant(row, "as_of")), row.getInt("events"));
    }

    private static double[] numbers(ResultSet row, String column) throws SQLException {
        return Arrays.stream((Number[]) row.getArray(column).getArray()).mapToDouble(Number::doubleValue).toArray();
    }

    private static java.sql.Array reals(Connection connection, double[] values) throws SQLException {
        return connection.createArrayOf("float4", Arrays.stream(values).boxed().toArray());
    }

    private static java.sql.Array doubles(Connection connection, double[] values) throws SQLException {
        return connection.createArrayOf("float8", Arrays.stream(values).boxed().toArray());
    }
}
