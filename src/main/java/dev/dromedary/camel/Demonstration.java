package dev.dromedary.camel;

import dev.dromedary.ingress.Way;
import dev.dromedary.message.Content;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Submission;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The guide's demonstration: a hundred messages in turn to three providers, the first ten urgent, sent through the real routes. */
public final class Demonstration {
    public static final int MESSAGES = 100;
    private static final int URGENT = 10;
    private static final List<String> DOMAINS = List.of("gmail.com", "outlook.com", "yahoo.com");
    private static final Duration POLL = Duration.ofMillis(100);

    private final Wiring wiring;

    public Demonstration(Wiring wiring) {
        this.wiring = wiring;
    }

    /** How many messages came to each outcome, by event id, and how many went through each pool. */
    public record Result(Map<String, Integer> outcomes, Map<String, Integer> pools) {
        public int sent() {
            return outcomes.getOrDefault("delivered", 0);
        }
    }

    /** Submits the messages and waits until each has come to an end, or until the patience is up. */
    public Result run(Duration patience) throws SQLException, InterruptedException {
        EmailAddress sender = EmailAddress.parse("sender@company.com");
        for (int i = 0; i < MESSAGES; i++) {
            EmailAddress to = EmailAddress.parse("recipient" + i + "@" + DOMAINS.get(i % DOMAINS.size()));
            var content = new Content.Composed("Test Message " + i, "This is test message number " + i, null, List.of(), List.of());
            wiring.port().accept(new Submission("test_message_" + i, sender, List.of(to), content, i < URGENT ? 50 : 100, null, 3, "default", "demo", List.of()),
                    Way.HTTP, null);
        }
        long deadline = System.nanoTime() + patience.toNanos();
        Result result = read();
        while (result.outcomes().values().stream().mapToInt(Integer::intValue).sum() < MESSAGES && System.nanoTime() < deadline) {
            Thread.sleep(POLL.toMillis());
            result = read();
        }
        return result;
    }

    private Result read() throws SQLException {
        return new Result(
                count("select kind, count(distinct message_id) from event where message_id like 'test_message_%' and kind in ('delivered', 'bounced', 'expired') group by kind"),
                count("select pool, count(*) from event where message_id like 'test_message_%' and kind = 'delivered' group by pool"));
    }

    private Map<String, Integer> count(String query) throws SQLException {
        var out = new TreeMap<String, Integer>();
        try (Connection connection = wiring.database().dataSource().getConnection(); PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                out.put(rows.getString(1), rows.getInt(2));
            }
        }
        return out;
    }
}
