package dev.dromedary.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which waiting or dead messages are meant; what is null does not matter.
 *
 * @param ids             message ids, or ids of submissions for all of their messages; empty for any
 * @param recipientDomain lower-case A-labels
 * @param category        a category's id such as {@code permanent-recipient}
 */
public record MailFilter(
        List<String> ids, @Nullable String provider, @Nullable String stream, @Nullable String campaign, @Nullable String recipientDomain, @Nullable String pool,
        @Nullable String category) {
    public static final MailFilter ANY = new MailFilter(List.of(), null, null, null, null, null, null);

    public MailFilter {
        ids = List.copyOf(ids);
    }

    public static MailFilter ofIds(List<String> ids) {
        return new MailFilter(ids, null, null, null, null, null, null);
    }

    public static MailFilter ofProvider(String provider) {
        return new MailFilter(List.of(), provider, null, null, null, null, null);
    }

    public static MailFilter ofCampaign(String campaign) {
        return new MailFilter(List.of(), null, null, campaign, null, null, null);
    }

    /** A condition to go behind {@code where}; {@code true} where nothing is asked for. */
    public String condition() {
        var conditions = new ArrayList<String>();
        if (!ids.isEmpty()) {
            conditions.add("(message_id = any(?) or submission_id = any(?))");
        }
        add(conditions, "provider", provider);
        add(conditions, "stream", stream);
        add(conditions, "campaign", campaign);
        add(conditions, "recipient_domain", recipientDomain);
        add(conditions, "pool", pool);
        add(conditions, "category", category);
        return conditions.isEmpty() ? "true" : String.join(" and ", conditions);
    }

    /** The parameters of {@link #condition()}, in order, and the others behind them. */
    public @Nullable Object[] parameters(@Nullable Object... others) {
        var parameters = new ArrayList<@Nullable Object>();
        if (!ids.isEmpty()) {
            parameters.add(ids);
            parameters.add(ids);
        }
        for (String value : new @Nullable String[] {provider, stream, campaign, recipientDomain, pool, category}) {
            if (value != null) {
                parameters.add(value);
            }
        }
        parameters.addAll(Arrays.asList(others));
        return parameters.toArray();
    }

    private static void add(List<String> conditions, String column, @Nullable String value) {
        if (value != null) {
            conditions.add(column + " = ?");
        }
    }
}
