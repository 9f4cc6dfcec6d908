package dev.dromedary.camel;

import dev.dromedary.config.ReportSettings;
import dev.dromedary.event.EventHistory;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import dev.dromedary.message.SubmissionReader;
import dev.dromedary.report.Report;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Mails the report when it is due, once among all nodes: its id is that of its span, which the broker takes once, and events remember. One that could not be sent
 * within {@link #LATEST} of its time is left out.
 */
public final class ReportMail {
    private static final Logger LOG = LoggerFactory.getLogger(ReportMail.class);
    static final Duration LATEST = Duration.ofHours(12);

    private final ReportSettings.Mail settings;
    private final ReportReader reader;
    private final EventHistory events;
    private final SubmissionReader submissions;
    private final Supplier<AcceptPort> port;
    private final InstantSource clock;
    private String last = "";

    ReportMail(ReportSettings.Mail settings, ReportReader reader, EventHistory events, SubmissionReader submissions, Supplier<AcceptPort> port, InstantSource clock) {
        this.settings = settings;
        this.reader = reader;
        this.events = events;
        this.submissions = submissions;
        this.port = port;
        this.clock = clock;
    }

    /** The days that a report is about. @param to exclusive */
    record Span(LocalDate from, LocalDate to) {
        static Span before(LocalDate today, ReportSettings.Every every) {
            return switch (every) {
                case DAY -> new Span(today.minusDays(1), today);
                case WEEK -> {
                    LocalDate monday = today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
                    yield new Span(monday.minusWeeks(1), monday);
                }
                case MONTH -> new Span(today.withDayOfMonth(1).minusMonths(1), today.withDayOfMonth(1));
            };
        }
    }

    public synchronized void send() {
        Instant now = clock.instant();
        Span span = Span.before(now.atZone(ZoneOffset.UTC).toLocalDate(), settings.every());
        Instant due = span.to().atTime(settings.at()).toInstant(ZoneOffset.UTC);
        String id = "report-" + span.from() + "-" + span.to();
        if (settings.to().isEmpty() || id.equals(last) || now.isBefore(due) || now.isAfter(due.plus(LATEST))) {
            return;
        }
        try {
            if (events.of(id).isEmpty()) {
                Report report = reader.report(start(span.from()), start(span.to()), now);
                port.get().accept(submissions.readRaw(ReportMessage.bytes(settings, report, span, now), String.valueOf(settings.from()), settings.to(), Map.of("message_id", id, "stream", settings.stream())), Way.REPORT, null);
                LOG.info("[REPORT_MAILED] {}: to {}", id, settings.to());
            }
            last = id;
        } catch (RefusedException e) {
            if (e.refusal().code() == RefusalCode.MESSAGE_DUPLICATE) {
                last = id;
            } else {
                LOG.warn("[REPORT_NOT_MAILED] {}: {}; it is tried again every minute until {}", id, e.getMessage(), due.plus(LATEST));
            }
        } catch (SQLException | MessagingException | IOException e) {
            LOG.warn("[REPORT_NOT_MAILED] {}: {}; it is tried again every minute until {}", id, e.toString(), due.plus(LATEST));
        }
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
