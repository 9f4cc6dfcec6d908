package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Entry.Leaf.optional;

import dev.dromedary.config.Entry.Section;
import java.util.List;

/** The keys under {@code report}. */
final class ReportSchema {
    private static final String KEY = "report";

    private ReportSchema() {
    }

    static Section section() {
        return new Section(KEY, "Health score, capacity and reports. See [reports](reports.md).", List.of(
                optional("expected-throughput", ValueTypes.decimal(0.001, 1_000_000), "Delivered messages a second that are a full score, where so many are there to be sent; unset, what is usual at the hour of the week."),
                of("expected-latency", ValueTypes.duration("1ms", "10m"), "1s", "A mean conversation with a server that is a full score; twice as long is none."),
                optional("database-limit", ValueTypes.size("1MB", "100000GB"), "Size of the database that it must not outgrow; unset, of an embedded one, what the disk has room for.")));
    }

    static ReportSettings bind(Settings root) {
        Settings report = root.section(KEY);
        return new ReportSettings(report.optional("expected-throughput", Double.class), report.duration("expected-latency"), report.optional("database-limit", Long.class));
    }
}
