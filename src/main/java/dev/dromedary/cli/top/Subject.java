package dev.dromedary.cli.top;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What a row is about, so that its details can be asked for. @param pool of a pair; empty otherwise */
record Subject(Of of, String name, String pool) {
    enum Of { LANE, POOL, PAIR, ALERT, WARNING, PROBLEM, MAIL }

    /** A row that can be selected. @param table by the first word of its heading, as a lane may stand in several */
    record Mark(String table, Subject subject) {
    }

    /** Where a row that can be selected is. @param row from the top of what is scrolled */
    record Spot(Mark mark, int row) {
    }

    static Subject of(Of of, String name) {
        return new Subject(of, name, "");
    }

    static Subject pair(String provider, String pool) {
        return new Subject(Of.PAIR, provider, pool);
    }

    /** What is asked for beside what every view needs. */
    List<String> paths() {
        return switch (of) {
            case LANE -> List.of(waiting());
            case POOL -> List.of(reputation());
            case PAIR -> List.of(reputation(), waiting());
            case MAIL -> List.of(message());
            case ALERT -> List.of(acknowledged());
            case WARNING, PROBLEM -> List.of();
        };
    }

    String waiting() {
        return "/v1/deferred?limit=10&provider=" + encoded(name) + (pool.isEmpty() ? "" : "&pool=" + encoded(pool));
    }

    String reputation() {
        return "/v1/reputation?kind=pool&name=" + encoded(of == Of.PAIR ? pool : name) + (of == Of.PAIR ? "&provider=" + encoded(name) : "");
    }

    String message() {
        return "/v1/messages/" + encoded(name);
    }

    String acknowledged() {
        return "/v1/alerts?state=acknowledged";
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
