package dev.dromedary.cli.top;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What the lower part of the screen shows, with the orders that it can be shown in, the usual one first. */
enum View {
    OVERVIEW("Overview"),
    LANES("Lanes", "oldest", "queued", "waiting", "name"),
    MATRIX("Matrix", "trouble", "busy", "score", "provider", "pool"),
    POOLS("Pools", "trouble", "busy", "score", "name"),
    ALERTS("Alerts", "severity", "since"),
    MAIL("Mail", "waiting", "dead letters");

    final String title;
    final List<String> orders;

    View(String title, String... orders) {
        this.title = title;
        this.orders = List.of(orders);
    }

    String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    static List<String> ids() {
        return Arrays.stream(values()).map(View::id).toList();
    }

    View after(int steps) {
        return values()[Math.floorMod(ordinal() + steps, values().length)];
    }
}
