package dev.dromedary.cli.top;

import dev.dromedary.cli.top.Subject.Spot;
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
 * @param focus  which rows are seen, and which of them is looked at
 */
record Controls(View view, int scroll, int left, Map<View, Integer> orders, boolean paused, boolean help, Duration interval, Focus focus) {
    private static final int FAR = Integer.MAX_VALUE / 2;
    private static final List<Duration> INTERVALS = Stream.of(1, 2, 5, 10, 30, 60).map(Duration::ofSeconds).toList();

    static Controls first(View view, Duration interval) {
        return new Controls(view, 0, 0, Map.of(), false, false, interval, Focus.NONE);
    }

    String order() {
        return view.orders.isEmpty() ? "" : view.orders.get(orders.getOrDefault(view, 0));
    }

    Controls after(Key key, int page) {
        return after(key, page, List.of());
    }

    /** @param page lines that the screen shows of the view; @param spots rows of it that can be selected; where there are none, arrows scroll */
    Controls after(Key key, int page, List<Spot> spots) {
        return switch (key.action()) {
            case QUIT, NONE, REFRESH -> this;
            case PAUSE -> new Controls(view, scroll, left, orders, !paused, help, interval, focus);
            case HELP -> new Controls(view, 0, left, orders, paused, !help, interval, focus);
            case BACK -> help ? new Controls(view, 0, 0, orders, paused, false, interval, focus) : on(focus.back());
            case VIEW -> on(key.number() <= View.values().length ? View.values()[key.number() - 1] : view);
            case NEXT -> on(view.after(1));
            case PREVIOUS -> on(view.after(-1));
            case UP -> moved(-1, spots);
            case DOWN -> moved(1, spots);
            case PAGE_UP -> moved(-Math.max(1, page - 1), spots);
            case PAGE_DOWN -> moved(Math.max(1, page - 1), spots);
            case TOP -> moved(-FAR, spots);
            case BOTTOM -> moved(FAR, spots);
            case LEFT -> new Controls(view, scroll, Math.max(0, left - 1), orders, paused, help, interval, focus);
            case RIGHT -> new Controls(view, scroll, left + 1, orders, paused, help, interval, focus);
            case SORT -> sorted();
            case LONGER -> every(INTERVALS.stream().filter(each -> each.compareTo(interval) > 0).findFirst().orElse(interval));
            case SHORTER -> every(INTERVALS.stream().filter(each -> each.compareTo(interval) < 0).reduce((a, b) -> b).orElse(interval));
            case FILTER -> on(focus.asking(true));
            case TYPED -> on(focus.typed(key.number()));
            case ERASE -> on(focus.erased());
            case ENTER -> focus.typing() ? on(focus.asking(false)) : spots.isEmpty() ? this : on(focus.opened(spots, first(spots)));
        };
    }

    private Controls on(View next) {
        return new Controls(next, 0, next == view ? left : 0, orders, paused, false, interval, focus.elsewhere());
    }

    private Controls on(Focus next) {
        return new Controls(view, 0, left, orders, paused, false, interval, next);
    }

    /** By a line alone the first row of those that are seen is selected; pages and ends scroll until one is. */
    private Controls moved(int by, List<Spot> spots) {
        if (spots.isEmpty() || focus.mark() == null && Math.abs(by) > 1) {
            return scrolled(scroll + by);
        }
        return new Controls(view, scroll, left, orders, paused, help, interval, focus.moved(spots, first(spots), by));
    }

    private int first(List<Spot> spots) {
        return (int) Math.min(spots.size() - 1, spots.stream().filter(spot -> spot.row() < scroll).count());
    }

    private Controls scrolled(int to) {
        return new Controls(view, Math.max(0, to), left, orders, paused, help, interval, focus);
    }

    /** As the screen was drawn. @param from lines that are scrolled past; @param mostLeft columns of the matrix that can be */
    Controls within(int from, int mostLeft) {
        return new Controls(view, from, Math.min(left, Math.max(0, mostLeft)), orders, paused, help, interval, focus);
    }

    Controls unfocused() {
        return new Controls(view, scroll, left, orders, paused, help, interval, Focus.NONE);
    }

    private Controls sorted() {
        if (view.orders.isEmpty()) {
            return this;
        }
        Map<View, Integer> next = Stream.of(View.values()).collect(Collectors.toMap(each -> each,
                each -> (orders.getOrDefault(each, 0) + (each == view ? 1 : 0)) % Math.max(1, each.orders.size())));
        return new Controls(view, 0, left, next, paused, help, interval, focus);
    }

    private Controls every(Duration next) {
        return new Controls(view, scroll, left, orders, paused, help, next, focus);
    }
}
