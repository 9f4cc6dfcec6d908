package dev.dromedary.outcome;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Enhanced statuses (RFC 3463) that a rule asks for: {@code 5.1.1}, {@code x.1.1} (any class), {@code 4.7.*}, {@code 5.7.606-649}
 * or {@code none}, or a list of such.
 */
final class StatusPattern {
    static final StatusPattern ANY = new StatusPattern(List.of());

    private static final Pattern FORM = Pattern.compile("([245x])\\.(\\d{1,3}|\\*)\\.(?:(\\d{1,3})(?:-(\\d{1,3}))?|\\*)");
    private static final Box NO_STATUS = new Box(-1, -1, -1, -1, -1, -1);

    /** The statuses from one corner to another; {@link #NO_STATUS} for a reply without. */
    private record Box(int classFrom, int classTo, int subjectFrom, int subjectTo, int detailFrom, int detailTo) {
        boolean contains(Box other) {
            return classFrom <= other.classFrom && other.classTo <= classTo && subjectFrom <= other.subjectFrom && other.subjectTo <= subjectTo
                    && detailFrom <= other.detailFrom && other.detailTo <= detailTo;
        }
    }

    private final List<Box> boxes;

    private StatusPattern(List<Box> boxes) {
        this.boxes = List.copyOf(boxes);
    }

    /** Null where one of the words has none of the forms. */
    static @Nullable StatusPattern parse(List<String> words) {
        List<Box> boxes = new ArrayList<>();
        for (String word : words) {
            Matcher form = FORM.matcher(word);
            if (word.equals("none")) {
                boxes.add(NO_STATUS);
            } else if (form.matches()) {
                boxes.add(box(form));
            } else {
                return null;
            }
        }
        return boxes.isEmpty() ? null : new StatusPattern(boxes);
    }

    private static Box box(Matcher form) {
        boolean anyClass = form.group(1).equals("x");
        boolean anySubject = form.group(2).equals("*");
        boolean anyDetail = form.group(3) == null;
        int detail = anyDetail ? 0 : Integer.parseInt(form.group(3));
        int to = anyDetail ? 999 : form.group(4) == null ? detail : Integer.parseInt(form.group(4));
        return new Box(
                anyClass ? 2 : Integer.parseInt(form.group(1)), anyClass ? 5 : Integer.parseInt(form.group(1)),
                anySubject ? 0 : Integer.parseInt(form.group(2)), anySubject ? 999 : Integer.parseInt(form.group(2)), detail, to);
    }

    boolean matches(@Nullable String status) {
        if (boxes.isEmpty()) {
            return true;
        }
        Box point = status == null ? NO_STATUS : point(status);
        for (Box box : boxes) {
            if (box.contains(point)) {
                return true;
            }
        }
        return false;
    }

    private static Box point(String status) {
        Matcher form = FORM.matcher(status);
        return form.matches() ? box(form) : NO_STATUS;
    }

    boolean covers(StatusPattern other) {
        return boxes.isEmpty() || !other.boxes.isEmpty() && other.boxes.stream().allMatch(o -> boxes.stream().anyMatch(b -> b.contains(o)));
    }
}
