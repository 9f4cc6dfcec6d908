package dev.dromedary.provider;

import dev.dromedary.message.DomainName;
import dev.dromedary.message.MalformedDomainException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Which domains a provider or a delivery route speaks for. Four forms, all of whole names and without regard to case:
 *
 * <ul>
 *   <li>exact: {@code example.com} is that name alone, not what lies below it;
 *   <li>suffix: {@code *.edu} is every name below {@code edu} at any depth, and neither {@code edu} itself nor {@code notedu};
 *   <li>glob: in {@code mail-*.example.com} and {@code yahoo.co.*} a {@code *} stands for characters of one label, and alone for one whole
 *       label; only in front, as in {@code *.mx*.example.com}, is it one label or more, as in a suffix;
 *   <li>any: {@code *} is every domain.
 * </ul>
 *
 * <p>Where several match, the most specific wins: exact, then suffix (more labels first), then glob (more literal labels, then more literal
 * characters), then any. Internationalised names may be written in Unicode; they are kept as A-labels.
 */
public final class DomainPattern {
    /** In order of specificity. */
    private enum Form { ANY, GLOB, SUFFIX, EXACT }

    private static final Pattern GLOB_LABEL = Pattern.compile("[a-z0-9_*]([a-z0-9_*-]*[a-z0-9_*])?");
    private final Form form;
    private final boolean below;
    private final List<String> labels;

    private DomainPattern(Form form, boolean below, List<String> labels) {
        this.form = form;
        this.below = below;
        this.labels = List.copyOf(labels);
    }

    /**
     * @throws IllegalArgumentException with {@code [DOMAIN_PATTERN_INVALID]} where the text is none of the four forms. Among these are
     *     {@code *edu}, which somebody would take for {@code *.edu}, and address literals
     */
    public static DomainPattern parse(String text) {
        if (text.equals("*")) {
            return new DomainPattern(Form.ANY, true, List.of());
        }
        boolean below = text.startsWith("*.");
        String name = below ? text.substring(2) : text;
        if (!name.contains("*")) {
            return new DomainPattern(below ? Form.SUFFIX : Form.EXACT, below, labels(ascii(text, name)));
        }
        var labels = new ArrayList<String>();
        for (String label : name.split("\\.", -1)) {
            labels.add(label.contains("*") ? globLabel(text, label) : ascii(text, label));
        }
        if (labels.size() == 1) {
            throw invalid(text, "a * beside letters stays within its label: write *.edu for what is below edu, or * for every domain");
        }
        if (labels.stream().allMatch(LabelGlob.ANY::equals)) {
            throw invalid(text, "it names nothing: write * for every domain");
        }
        Collections.reverse(labels);
        return new DomainPattern(Form.GLOB, below, labels);
    }

    /** @param asciiDomain lower-case A-labels; an address literal matches {@code *} only */
    public boolean matches(String asciiDomain) {
        List<String> domain = labels(asciiDomain);
        if (below ? domain.size() <= labels.size() : domain.size() != labels.size()) {
            return false;
        }
        for (int i = 0; i < labels.size(); i++) {
            if (!LabelGlob.matches(labels.get(i), domain.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** Higher is more specific; equal for patterns of the same form and size. */
    public int specificity() {
        int literalLabels = (int) labels.stream().filter(label -> !LabelGlob.isGlob(label)).count();
        int literals = (int) labels.stream().flatMapToInt(String::chars).filter(c -> c != '*').count();
        return switch (form) {
            case ANY, EXACT -> form.ordinal() * 1_000_000;
            case SUFFIX -> form.ordinal() * 1_000_000 + literalLabels;
            case GLOB -> form.ordinal() * 1_000_000 + literalLabels * 1_000 + literals;
        };
    }

    /** From the top-level domain down; the leading {@code *} of a suffix is none of them. */
    List<String> labels() {
        return labels;
    }

    boolean below() {
        return below;
    }

    private static List<String> labels(String asciiName) {
        var labels = new ArrayList<>(List.of(asciiName.startsWith("[") ? new String[] {asciiName} : asciiName.split("\\.")));
        Collections.reverse(labels);
        return labels;
    }

    private static String ascii(String text, String name) {
        try {
            return DomainName.toAscii(name);
        } catch (MalformedDomainException malformed) {
            throw invalid(text, malformed.getMessage());
        }
    }

    private static String globLabel(String text, String label) {
        String lower = label.toLowerCase(Locale.ROOT);
        if (!GLOB_LABEL.matcher(lower).matches()) {
            throw invalid(text, "in a label with * only letters, digits and inner hyphens are allowed: write Unicode labels in full, or as xn--");
        }
        return lower;
    }

    private static IllegalArgumentException invalid(String text, String advice) {
        return new IllegalArgumentException("[DOMAIN_PATTERN_INVALID] domain pattern: " + text + "; " + advice);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DomainPattern pattern && below == pattern.below && labels.equals(pattern.labels);
    }

    @Override
    public int hashCode() {
        return 31 * labels.hashCode() + Boolean.hashCode(below);
    }

    /** In the form that {@link #parse} reads, with A-labels. */
    @Override
    public String toString() {
        var written = new ArrayList<>(labels);
        Collections.reverse(written);
        String name = String.join(".", written);
        return form == Form.ANY ? "*" : below ? "*." + name : name;
    }
}
