package dev.dromedary.cli.top;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the person at the keys has chosen.
 *
 * @param scroll lines that have been scrolled past
 * @param left   columns of the matrix that have been
 * @param orders which of its orders each view is in; those left out are in their first
 */
record Controls(View view, int scroll, int left, Map<View, Integer> orders, boolean paused, boolean help, Duration interval) {
    private static final List<Duration> INTERVALS = Stream.of(1, 2, 5, 10, 30, 60).map(Duration::ofSeconds).toList();

    static Controls first(View view, Duration interval) {
        return new Controls(view, 0, 0, Map.of(), false, false, interval);
    }

    String order() {
        return view.orders.isEmpty() ? "" : view.orders.get(orders.getOrDefault(view, 0));
    }

    /** @param page lines that the screen shows of the view */
    Controls after(Key key, int page) {
        return switch (key.action()) {
            case QUIT, NONE, REFRESH -> this;
            case PAUSE -> new Controls(view, scroll, left, orders, !paused, help, interval);
            case HELP -> new Controls(view, 0, left, orders, paused, !help, interval);
            case BACK -> new Controls(view, 0, 0, orders, paused, false, interval);
            case VIEW -> on(key.number() <= View.values().length ? View.values()[key.number() - 1] : view);
            case NEXT -> on(view.after(1));
            case PREVIOUS -> on(view.after(-1));
            case UP -> scrolled(scroll - 1);
            case DOWN -> scrolled(scroll + 1);
            case PAGE_UP -> scrolled(scroll - Math.max(1, page - 1));
            case PAGE_DOWN -> scrolled(scroll + Math.max(1, page - 1));
            case TOP -> scrolled(0);
            case BOTTOM -> scrolled(Integer.MAX_VALUE / 2);
            case LEFT -> new Controls(view, scroll, Math.max(0, left - 1), orders, paused, help, interval);
            case RIGHT -> new Controls(view, scroll, left + 1, orders, paused, help, interval);
            case SORT -> sorted();
            case LONGER -> every(INTERVALS.stream().filter(each -> each.compareTo(interval) > 0).findFirst().orElse(interval));
            case SHORTER -> every(INTERVALS.stream().filter(each -> each.compareTo(interval) < 0).reduce((a, b) -> b).orElse(interval));
        };
    }

    private Controls on(View next) {
        return new Controls(next, 0, next == view ? left : 0, orders, paused, false, interval);
    }

    private Controls scrolled(int to) {
        return new Controls(view, Math.max(0, to), left, orders, paused, help, interval);
    }

    /** @param most lines that there are to scroll past, and columns of the matrix */
    Controls within(int most, int mostLeft) {
        return new Controls(view, Math.min(scroll, Math.max(0, most)), Math.min(left, Math.max(0, mostLeft)), orders, paused, help, interval);
    }

    private Controls sorted() {
        if (view.orders.isEmpty()) {
            return this;
        }
        Map<View, Integer> next = Stream.of(View.values()).collect(Collectors.toMap(each -> each,
                each -> (orders.getOrDefault(each, 0) + (each == view ? 1 : 0)) % Math.max(1, each.orders.size())));
        return new Controls(view, 0, left, next, paused, help, interval);
    }

    private Controls every(Duration next) {
        return new Controls(view, scroll, left, orders, paused, help, next);
    }
}
