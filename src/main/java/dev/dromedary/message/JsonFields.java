package dev.dromedary.message;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one JSON object, each of the type that is asked for or refused. JSON {@code null} is the same as no field.
 *
 * @param path what stands before a field's name in refusals, such as {@code attachments[0].}; may be empty
 */
public record JsonFields(ObjectNode node, String path) {

    public void refuseUnknown(List<String> known) {
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (!known.contains(field.getKey())) {
                throw new RefusedException(RefusalCode.FIELD_UNKNOWN, path + "field", field.getKey(), "use only " + String.join(", ", known));
            }
        }
    }

    public @Nullable JsonNode value(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }

    public boolean has(String name) {
        return value(name) != null;
    }

    public @Nullable String text(String name) {
        JsonNode value = value(name);
        return value == null ? null : string(path + name, value);
    }

    public String requiredText(String name) {
        String text = text(name);
        if (text == null) {
            throw missing(path + name);
        }
        return text;
    }

    /** One string or an array of them; empty where the field is absent. */
    public List<String> texts(String name) {
        JsonNode value = value(name);
        return value == null ? List.of() : texts(path + name, value);
    }

    static List<String> texts(String subject, JsonNode value) {
        if (!value.isArray()) {
            return List.of(string(subject, value));
        }
        List<String> texts = new ArrayList<>(value.size());
        for (JsonNode element : value) {
            texts.add(string(subject + "[" + texts.size() + "]", element));
        }
        return texts;
    }

    static String string(String subject, JsonNode value) {
        if (!value.isTextual()) {
            throw invalid(subject, value.isContainerNode() ? value.getNodeType().toString() : value.toString(), "write a string");
        }
        String text = value.textValue();
        TextRules.refuseHalfCharacters(subject, text);
        return text;
    }

    public static RefusedException missing(String subject) {
        return new RefusedException(RefusalCode.FIELD_MISSING, subject, "absent", "add it");
    }

    public static RefusedException invalid(String subject, String seen, String advice) {
        return new RefusedException(RefusalCode.FIELD_INVALID, subject, seen, advice);
    }
}
