package dev.dromedary.config;

import static dev.dromedary.config.Entry.Leaf.of;
import static dev.dromedary.config.Entry.Leaf.optional;
import static dev.dromedary.config.Schema.anyOf;

import dev.dromedary.config.Entry.Section;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.RefusedException;
import java.time.LocalTime;
import java.time.format.DateTimeParseException;
import java.util.List;

/** The keys under {@code report}. */
final class ReportSchema {
    private static final String KEY = "report";
    private static final String TIME_FORM = "a time of day such as 06:30";
    private static final ValueType<LocalTime> TIME = ValueType.of(TIME_FORM, ReportSchema::time);

    private ReportSchema() {
    }

    static Section section() {
        return new Section(KEY, "Health score, capacity and reports. See [reports](reports.md).", List.of(
                optional("expected-throughput", ValueTypes.decimal(0.001, 1_000_000), "Delivered messages a second that are a full score, where so many are there to be sent; unset, what is usual at the hour of the week."),
                of("expected-latency", ValueTypes.duration("1ms", "10m"), "1s", "A mean conversation with a server that is a full score; twice as long is none."),
                optional("database-limit", ValueTypes.size("1MB", "100000GB"), "Size of the database that it must not outgrow; unset, of an embedded one, what the disk has room for."),
                new Section("mail", "A report by mail, through Dromedary itself.", List.of(
                        anyOf("to", ValueTypes.TEXT, "Addresses that get it; without any, none is sent."),
                        optional("from", ValueTypes.TEXT, "The address that it is from."),
                        of("every", ValueTypes.choice(ReportSettings.Every.class), "week", "What it is about: the last whole day, week from Monday, or month, in UTC."),
                        of("at", TIME, "06:00", "When it is sent, in UTC, on the day after."),
                        of("pdf", ValueTypes.FLAG, "true", "Whether it is attached as PDF as well."),
                        of("stream", ValueTypes.NAME, "reports", "The stream of the message.")))));
    }

    static ReportSettings bind(Settings root) {
        Settings report = root.section(KEY);
        Settings mail = report.section("mail");
        return new ReportSettings(report.optional("expected-throughput", Double.class), report.duration("expected-latency"), report.optional("database-limit", Long.class),
                new ReportSettings.Mail(mail.list("to", String.class), mail.optional("from", String.class), mail.choice("every", ReportSettings.Every.class),
                        mail.choice("at", LocalTime.class), mail.flag("pdf"), mail.text("stream")));
    }

    static void check(Settings root, ReportSettings report, Findings findings) {
        Settings mail = root.section(KEY).section("mail");
        report.mail().to().forEach(to -> address(mail, "to", to, findings));
        String from = report.mail().from();
        if (from != null) {
            address(mail, "from", from, findings);
        } else if (!report.mail().to().isEmpty()) {
            findings.error(ConfigCode.MISSING_VALUE, mail.place("to"), mail.path("from"), "nothing", "write the address that reports come from");
        }
        for (String key : List.of("from", "every", "at", "pdf", "stream")) {
            if (report.mail().to().isEmpty() && mail.isGiven(key)) {
                findings.warning(ConfigCode.UNUSED_VALUE, mail.place(key), mail.path(key), "given, but nobody is in to", "remove it, or write to");
            }
        }
    }

    private static void address(Settings mail, String key, String text, Findings findings) {
        try {
            EmailAddress.parse(text);
        } catch (RefusedException refused) {
            findings.error(ConfigCode.BAD_VALUE, mail.place(key), mail.path(key), "\"" + text + "\"", refused.refusal().advice());
        }
    }

    private static LocalTime time(String text) {
        try {
            return LocalTime.parse(text);
        } catch (DateTimeParseException notOne) {
            throw BadValue.write(TIME_FORM);
        }
    }
}
