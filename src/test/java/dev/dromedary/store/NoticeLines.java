package dev.dromedary.store;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import javax.sql.DataSource;

/** Notices of all alerts, as people are shown those of one. */
public final class NoticeLines {
    private static final int MOST = 1_000;

    private NoticeLines() {
    }

    /** The latest first. */
    public static List<Notice.Line> latest(DataSource source) throws SQLException {
        var all = new ArrayList<Notice.Line>();
        for (String alert : Sql.list(source, "select distinct alert from alert_notice", row -> row.getString(1))) {
            all.addAll(new NoticeStore(source).of(alert, MOST));
        }
        all.sort(Comparator.comparing(Notice.Line::id).reversed());
        return all;
    }
}
