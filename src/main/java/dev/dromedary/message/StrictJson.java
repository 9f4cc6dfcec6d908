package dev.dromedary.message;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** One JSON object in UTF-8 and nothing else: no key twice, nothing after it, no leniency (RFC 8259). */
public final class StrictJson {
    /** Ours needs three. Without a bound, brackets alone could exhaust the stack. */
    private static final int MAX_DEPTH = 8;
    private static final String ADVICE = "send one JSON object in UTF-8, each key once and nothing after it";
    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
        .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).maxStringLength(Integer.MAX_VALUE).build())
        .build());

    private StrictJson() {
    }

    public static ObjectNode object(byte[] utf8) {
        String text = Utf8.decode("body", utf8, 0, utf8.length);
        try (JsonParser parser = MAPPER.createParser(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            @Nullable JsonNode root = MAPPER.readTree(parser);
            if (!(root instanceof ObjectNode object)) {
                throw malformed(parser.currentLocation(), root == null ? "nothing" : "no object but " + root.getNodeType());
            }
            if (parser.nextToken() != null) {
                throw malformed(parser.currentTokenLocation(), "more after the object");
            }
            return object;
        } catch (JsonProcessingException malformed) {
            throw malformed(malformed.getLocation(), malformed.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory could not be read", impossible);
        }
    }

    static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    private static RefusedException malformed(@Nullable JsonLocation at, String what) {
        String place = at == null ? "" : "line " + at.getLineNr() + ", column " + at.getColumnNr() + ": ";
        return new RefusedException(RefusalCode.JSON_MALFORMED, "body", place + what, ADVICE);
    }
}
