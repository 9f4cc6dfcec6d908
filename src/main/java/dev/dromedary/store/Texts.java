package dev.dromedary.store;

import java.util.ArrayList;
import java.util.List;

/** A list of texts as one: joined by commas, with a backslash before a comma or backslash inside a text. The texts may be anything; an empty list is not. */
final class Texts {

    private Texts() {
    }

    static String join(List<String> texts) {
        return String.join(",", texts.stream().map(text -> text.replace("\\", "\\\\").replace(",", "\\,")).toList());
    }

    static List<String> split(String joined) {
        var texts = new ArrayList<String>();
        var text = new StringBuilder();
        for (int i = 0; i < joined.length(); i++) {
            char c = joined.charAt(i);
            if (c == '\\' && i + 1 < joined.length()) {
                text.append(joined.charAt(++i));
            } else if (c == ',') {
                texts.add(text.toString());
                text.setLength(0);
            } else {
                text.append(c);
            }
        }
        texts.add(text.toString());
        return List.copyOf(texts);
    }
}
