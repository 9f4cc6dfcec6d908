package dev.dromedary.provider;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the patterns that match a domain by walking its labels from the top-level domain down: one hash lookup a label, and a look only at
 * those globs whose labels so far have matched. Safe to read from any thread once it is filled and safely published.
 *
 * @param <V> what a pattern stands for, such as a provider id
 */
public final class PatternIndex<V> {
    private static final Comparator<Match<?>> MOST_SPECIFIC_FIRST = Comparator.<Match<?>>comparingInt(match -> -match.specificity());
    private final Node<V> root = new Node<>();

    /** A pattern that matches, and what it stands for. */
    public record Match<V>(DomainPattern pattern, V value, int specificity) {
    }

    /** @return what the same pattern stood for until now, or null */
    public @Nullable V put(DomainPattern pattern, V value) {
        Node<V> node = root;
        for (String label : pattern.labels()) {
            var children = LabelGlob.isGlob(label) ? node.globs : node.literals;
            node = children.computeIfAbsent(label, unseen -> new Node<>());
        }
        var match = new Match<>(pattern, value, pattern.specificity());
        Match<V> before = pattern.below() ? node.below : node.here;
        if (pattern.below()) {
            node.below = match;
        } else {
            node.here = match;
        }
        return before == null ? null : before.value();
    }

    /** The most specific match, or null. @param asciiDomain lower-case A-labels, or an address literal, which only {@code *} matches */
    public @Nullable Match<V> best(String asciiDomain) {
        return best(root, asciiDomain, asciiDomain.length());
    }

    /** All matches, the most specific first. @param asciiDomain as for {@link #best} */
    public List<Match<V>> all(String asciiDomain) {
        var matches = new ArrayList<Match<V>>();
        collect(root, asciiDomain, asciiDomain.length(), matches);
        matches.sort(MOST_SPECIFIC_FIRST);
        return matches;
    }

    /** @param end of what is left of the domain, or -1 where nothing is */
    private static <V> @Nullable Match<V> best(Node<V> node, String domain, int end) {
        if (end < 0) {
            return node.here;
        }
        int start = start(domain, end);
        String label = domain.substring(start, end);
        Match<V> best = node.below;
        Node<V> child = node.literals.get(label);
        if (child != null) {
            best = better(best, best(child, domain, start - 1));
        }
        for (Map.Entry<String, Node<V>> glob : node.globs.entrySet()) {
            if (LabelGlob.matches(glob.getKey(), label)) {
                best = better(best, best(glob.getValue(), domain, start - 1));
            }
        }
        return best;
    }

    private static <V> void collect(Node<V> node, String domain, int end, List<Match<V>> matches) {
        Match<V> match = end < 0 ? node.here : node.below;
        if (match != null) {
            matches.add(match);
        }
        if (end < 0) {
            return;
        }
        int start = start(domain, end);
        String label = domain.substring(start, end);
        Node<V> child = node.literals.get(label);
        if (child != null) {
            collect(child, domain, start - 1, matches);
        }
        node.globs.forEach((glob, next) -> {
            if (LabelGlob.matches(glob, label)) {
                collect(next, domain, start - 1, matches);
            }
        });
    }

    private static int start(String domain, int end) {
        return domain.startsWith("[") ? 0 : domain.lastIndexOf('.', end - 1) + 1;
    }

    private static <V> @Nullable Match<V> better(@Nullable Match<V> one, @Nullable Match<V> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.specificity() > one.specificity() ? other : one;
    }

    private static final class Node<V> {
        private final Map<String, Node<V>> literals = new HashMap<>(2);
        private final Map<String, Node<V>> globs = new LinkedHashMap<>(0);
        private @Nullable Match<V> here;
        private @Nullable Match<V> below;
    }
}
