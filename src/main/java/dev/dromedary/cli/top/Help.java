package dev.dromedary.cli.top;

import java.util.ArrayList;
import java.util.List;

/** What the keys do and what the figures mean. */
final class Help {
    private static final int KEYS = 14;
    private static final String[][] TEXT = {
        {"q, Ctrl-C", "quit"},
        {"1-6, Tab", "overview, lanes, matrix, pools, alerts, mail"},
        {"p, space", "pause, go on"},
        {"r", "ask now"},
        {"s", "another order of the rows"},
        {"+ -", "ask less often, more often"},
        {"/", "only rows that contain what is typed; Esc shows all"},
        {"up down j k", "select a row; PgUp, PgDn, Home, End"},
        {"Enter", "details of the row; Esc goes back"},
        {"left right", "other pools of the matrix"},
        {"?", "this, and back"},
        {"", ""},
        {"rates", "of the node that answers, over its last ten seconds"},
        {"bars", "by the minute, all nodes, scaled by the highest; a dot: no sample"},
        {"oldest", "age of the first on a lane; where lanes are empty, of what waits"},
        {"on lanes", "queued in the broker or being sent"},
        {"waiting", "in the database: put off, scheduled, held"},
        {"matrix", "attempts a second (of how many), conversations / at most, or:"},
        {"  ejected", "blocked, and taken out until then: other pools take over"},
        {"  halted", "no mail until then, by a provider's reply or a warm-up"},
        {"  throttled", "less than the configuration allows, and why"},
        {"  full", "at a limit of the configuration right now"},
        {"score", "reputation of the pool with the provider, 0 to 1"},
    };

    private Help() {
    }

    static List<Row> rows() {
        var rows = new ArrayList<Row>();
        for (String[] row : TEXT) {
            rows.add(Row.of(Line.of(row[0], Ink.ACCENT).pad(KEYS).add(row[1])));
        }
        return rows;
    }
}
