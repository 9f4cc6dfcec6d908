package dev.dromedary.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An event as compact JSON in UTF-8, the body of a message on {@code mail.event}. Absent fields are null; unknown ones are passed over. */
public final class EventCodec {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int USUAL_SIZE = 600;

    private EventCodec() {
    }

    public static byte[] encode(DeliveryEvent event) {
        var bytes = new ByteArrayOutputStream(USUAL_SIZE);
        try (JsonGenerator out = JSON.createGenerator(bytes)) {
            out.writeStartObject();
            out.writeStringField("id", event.messageId());
            out.writeStringField("submission", event.submissionId());
            out.writeStringField("kind", event.kind().id());
            out.writeNumberField("attempt", event.attempt());
            out.writeStringField("at", event.at().toString());
            text(out, "way", event.way());
            text(out, "from", event.sender());
            out.writeStringField("to", event.recipient());
            out.writeStringField("provider", event.provider());
            text(out, "pool", event.pool());
            out.writeStringField("stream", event.stream());
            text(out, "campaign", event.campaign());
            tags(out, event.tags());
            out.writeNumberField("code", event.code());
            text(out, "enhanced", event.enhanced());
            text(out, "category", event.category());
            text(out, "detail", event.detail());
            number(out, "size", event.size());
            number(out, "latency", event.latency());
            text(out, "next", event.next() == null ? null : event.next().toString());
            out.writeStringField("node", event.node());
            text(out, "key", event.idempotencyKey());
            text(out, "hash", event.requestHash());
            out.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** @throws IllegalArgumentException naming the field that is missing or cannot be read */
    public static DeliveryEvent decode(byte[] json) {
        var fields = new Fields();
        try (JsonParser in = JSON.createParser(json)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw malformed("event", "no JSON object", null);
            }
            while (in.nextToken() == JsonToken.FIELD_NAME) {
                String name = in.currentName();
                in.nextToken();
                fields.read(name, in);
            }
            if (in.currentToken() != JsonToken.END_OBJECT) {
                throw malformed("event", "no end of the object", null);
            }
            return fields.event();
        } catch (IOException e) {
            throw malformed("event", String.valueOf(e.getMessage()).lines().findFirst().orElse(""), e);
        }
    }

    private static void text(JsonGenerator out, String name, @Nullable String value) throws IOException {
        if (value != null) {
            out.writeStringField(name, value);
        }
    }

    private static void number(JsonGenerator out, String name, @Nullable Integer value) throws IOException {
        if (value != null) {
            out.writeNumberField(name, value);
        }
    }

    private static void tags(JsonGenerator out, List<String> tags) throws IOException {
        if (!tags.isEmpty()) {
            out.writeArrayFieldStart("tags");
            for (String tag : tags) {
                out.writeString(tag);
            }
            out.writeEndArray();
        }
    }

    private static IllegalArgumentException malformed(String field, String seen, @Nullable Exception cause) {
        return new IllegalArgumentException("[EVENT_MALFORMED] " + field + ": " + seen + "; only Dromedary writes to mail.event", cause);
    }

    /** What was read so far. */
    private static final class Fields {
        private @Nullable String id;
        private @Nullable String submission;
        private @Nullable EventKind kind;
        private int attempt;
        private @Nullable Instant at;
        private @Nullable String way;
        private @Nullable String from;
        private @Nullable String to;
        private @Nullable String provider;
        private @Nullable String pool;
        private @Nullable String stream;
        private @Nullable String campaign;
        private List<String> tags = List.of();
        private int code;
        private @Nullable String enhanced;
        private @Nullable String category;
        private @Nullable String detail;
        private @Nullable Integer size;
        private @Nullable Integer latency;
        private @Nullable Instant next;
        private @Nullable String node;
        private @Nullable String key;
        private @Nullable String hash;

        void read(String name, JsonParser in) throws IOException {
            switch (name) {
                case "id" -> id = in.getText();
                case "submission" -> submission = in.getText();
                case "kind" -> kind = kind(in.getText());
                case "attempt" -> attempt = in.getIntValue();
                case "at" -> at = time(name, in.getText());
                case "way" -> way = in.getText();
                case "from" -> from = in.getText();
                case "to" -> to = in.getText();
                case "provider" -> provider = in.getText();
                case "pool" -> pool = in.getText();
                case "stream" -> stream = in.getText();
                case "campaign" -> campaign = in.getText();
                case "tags" -> tags = texts(in);
                case "code" -> code = in.getIntValue();
                case "enhanced" -> enhanced = in.getText();
                case "category" -> category = in.getText();
                case "detail" -> detail = in.getText();
                case "size" -> size = in.getIntValue();
                case "latency" -> latency = in.getIntValue();
                case "next" -> next = time(name, in.getText());
                case "node" -> node = in.getText();
                case "key" -> key = in.getText();
                case "hash" -> hash = in.getText();
                default -> in.skipChildren();
            }
        }

        DeliveryEvent event() {
            return new DeliveryEvent(present("id", id), present("submission", submission), present("kind", kind), attempt, present("at", at), way, from,
                    present("to", to), present("provider", provider), pool, present("stream", stream), campaign, tags, code, enhanced, category, detail,
                    size, latency, next, present("node", node), key, hash);
        }

        private static <T> T present(String field, @Nullable T value) {
            if (value == null) {
                throw malformed(field, "missing", null);
            }
            return value;
        }

        private static EventKind kind(String id) {
            try {
                return EventKind.ofId(id);
            } catch (IllegalArgumentException e) {
                throw malformed("kind", id, e);
            }
        }

        private static Instant time(String field, String text) {
            try {
                return Instant.parse(text);
            } catch (DateTimeException e) {
                throw malformed(field, text, e);
            }
        }

        private static List<String> texts(JsonParser in) throws IOException {
            var list = new ArrayList<String>();
            while (in.nextToken() == JsonToken.VALUE_STRING) {
                list.add(in.getText());
            }
            return List.copyOf(list);
        }
    }
}
