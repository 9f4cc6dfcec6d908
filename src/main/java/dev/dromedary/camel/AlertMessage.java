package dev.dromedary.camel;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.dromedary.alert.Telling;
import dev.dromedary.config.AlertTargets;
import dev.dromedary.store.Notice;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/** Notices as one message, as text and as HTML. Texts of alerts may come from outside: in header fields they are one line, in HTML they are escaped. */
final class AlertMessage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LONGEST_SUBJECT = 150;
    private static final Template TEXT = Mustache.compiler().escapeHTML(false).compile("""
            {{#alerts}}
            {{word}} ({{kind}}): {{title}}
              {{text}}
              since {{since}}{{#resolved}}, resolved {{resolved}}{{/resolved}}
            {{#suggested}}
              - {{.}}
            {{/suggested}}
              alert {{id}}, rule {{rule}}, metric {{metric}}

            {{/alerts}}
            See and acknowledge them on the dashboard, or with: bin/dromedary alerts list
            """);
    private static final Template HTML = Mustache.compiler().compile("""
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{{subject}}</title></head>
            <body style="font-family:sans-serif;font-size:14px;line-height:1.4;max-width:42em">
            {{#alerts}}
            <div style="border-left:4px solid {{colour}};padding:0 0 0 12px;margin:0 0 20px">
            <p style="margin:0"><strong>{{word}}</strong> ({{kind}}): <strong>{{title}}</strong></p>
            <p style="margin:4px 0">{{text}}</p>
            <ul style="margin:4px 0">{{#suggested}}<li>{{.}}</li>{{/suggested}}</ul>
            <p style="margin:4px 0;font-size:12px">since {{since}}{{#resolved}}, resolved {{resolved}}{{/resolved}}; alert {{id}}, rule {{rule}}, metric {{metric}}</p>
            </div>
            {{/alerts}}
            <p style="font-size:12px">See and acknowledge them on the dashboard, or with: bin/dromedary alerts list</p>
            </body></html>
            """);

    private AlertMessage() {
    }

    /** How bad one is, in a word, the worst first. */
    private enum Word {
        CRITICAL("#b3261e"), WARNING("#b26a00"), RESOLVED("#2e7d32"), TEST("#5f6368");

        private final String colour;

        Word(String colour) {
            this.colour = colour;
        }

        private String id() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private record Shown(Word word, String title, Map<String, Object> fields) {
    }

    /** @param key of the notices together: its Message-ID is made of it */
    static byte[] bytes(AlertTargets.Mail settings, List<Notice> notices, String key, Instant now) throws MessagingException, IOException {
        List<Shown> all = new ArrayList<>();
        for (Notice one : notices) {
            all.add(shown(one));
        }
        all.sort(Comparator.comparing(Shown::word));
        String subject = subject(all);
        Map<String, Object> model = Map.of("subject", subject, "alerts", all.stream().map(Shown::fields).toList());
        var from = new InternetAddress(settings.from());
        var message = new MimeMessage(Session.getInstance(new Properties())) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<alert-" + key + from.getAddress().substring(from.getAddress().lastIndexOf('@')) + ">");
            }
        };
        message.setFrom(from);
        message.setRecipients(MimeMessage.RecipientType.TO, InternetAddress.parse(String.join(",", settings.to())));
        message.setSubject(subject, StandardCharsets.UTF_8.name());
        message.setSentDate(Date.from(now));
        // So that no out-of-office note answers it (RFC 3834 section 5).
        message.setHeader("Auto-Submitted", "auto-generated");
        var both = new MimeMultipart("alternative");
        both.addBodyPart(part(TEXT.execute(model), "plain"));
        both.addBodyPart(part(HTML.execute(model), "html"));
        message.setContent(both);
        var out = new ByteArrayOutputStream();
        message.writeTo(out);
        return out.toByteArray();
    }

    private static MimeBodyPart part(String text, String subtype) throws MessagingException {
        var part = new MimeBodyPart();
        part.setText(text, StandardCharsets.UTF_8.name(), subtype);
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    private static Shown shown(Notice notice) throws IOException {
        JsonNode alert = JSON.readTree(notice.body());
        boolean over = notice.kind() == Telling.Kind.RESOLVED;
        boolean test = notice.kind() == Telling.Kind.TEST;
        Word word = over ? Word.RESOLVED : test ? Word.TEST : alert.path("severity").asText().equals("critical") ? Word.CRITICAL : Word.WARNING;
        String subject = line(alert, "subject");
        String title = test ? "this is a test, nothing is wrong" : line(alert, "rule") + (subject.isEmpty() ? "" : " of " + subject);
        List<String> suggested = new ArrayList<>();
        if (!over) {
            alert.path("suggested").forEach(one -> suggested.add(OneLine.of(one.asText())));
        }
        Object resolved = alert.path("resolved_at").isTextual() ? line(alert, "resolved_at") : Boolean.FALSE;
        return new Shown(word, title, Map.ofEntries(Map.entry("word", word.name()), Map.entry("colour", word.colour), Map.entry("kind", notice.kind().id()), Map.entry("title", title),
                Map.entry("text", line(alert, "text")), Map.entry("since", line(alert, "since")), Map.entry("resolved", resolved), Map.entry("suggested", suggested),
                Map.entry("id", line(alert, "id")), Map.entry("rule", line(alert, "rule")), Map.entry("metric", line(alert, "metric"))));
    }

    private static String line(JsonNode alert, String field) {
        return OneLine.of(alert.path(field).asText());
    }

    /** Such as {@code [critical] 3 alerts, 1 resolved: error-rate of mta-1, ...}. */
    private static String subject(List<Shown> all) {
        long over = all.stream().filter(one -> one.word() == Word.RESOLVED).count();
        long open = all.size() - over;
        String names = all.stream().map(Shown::title).distinct().collect(Collectors.joining(", "));
        String count = all.size() == 1 ? "" : open == 0 ? over + " alerts: " : (open == 1 ? "1 alert" : open + " alerts") + (over == 0 ? ": " : ", " + over + " resolved: ");
        return OneLine.cut("[" + all.get(0).word().id() + "] " + count + names, LONGEST_SUBJECT);
    }
}
