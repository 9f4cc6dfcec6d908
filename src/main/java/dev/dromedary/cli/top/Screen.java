package dev.dromedary.cli.top;

import dev.dromedary.cli.top.Subject.Spot;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Draws a screen: nothing but a function of what is known, what is chosen and how large the terminal is. */
final class Screen {
    private static final int WHY = 8;

    private Screen() {
    }

    /**
     * @param lines   each at most as wide as the terminal, and as many as it is high, or all where it has no end
     * @param page    lines that there are for the view
     * @param most    lines that can be scrolled past
     * @param columns of the matrix that can be
     * @param from    lines that are scrolled past
     * @param spots   rows that can be selected
     */
    record Frame(List<Line> lines, int page, int most, int columns, int from, List<Spot> spots) {
    }

    static Frame draw(Scene scene) {
        Snapshot snapshot = scene.snapshot();
        boolean live = scene.height() > 0;
        var top = new ArrayList<Line>();
        if (snapshot.answered() != null) {
            top.addAll(dimmed(scene, Header.lines(scene)));
        }
        if (snapshot.trouble() != null) {
            top.add(top.isEmpty() ? 0 : 1, trouble(snapshot.trouble(), scene.zone()));
        } else if (snapshot.answered() == null) {
            top.add(Line.of("asking " + snapshot.url() + " ...", Ink.FAINT));
        } else if (snapshot.partly() != null) {
            top.add(1, Line.of("not answered: " + snapshot.partly(), Ink.WARN));
        }
        if (live) {
            top.add(tabs(scene));
        }
        if (scene.controls().help()) {
            return frame(scene, top, Body.of(Help.rows()));
        }
        if (snapshot.answered() == null) {
            String why = snapshot.trouble() == null ? "" : snapshot.url() + ": " + snapshot.trouble();
            return frame(scene, top, Body.of(Line.of(why).wrap(scene.width(), WHY).stream().map(Row::of).toList()));
        }
        int page = live ? Math.max(0, scene.height() - top.size() - 1) : Integer.MAX_VALUE;
        Subject open = scene.controls().focus().open();
        return frame(scene, top, open == null ? matching(scene, body(scene, page)) : Details.body(scene, open));
    }

    private static Body matching(Scene scene, Body body) {
        String filter = scene.controls().focus().filter();
        boolean some = filter.isEmpty() || Stream.concat(body.fixed().stream(), body.rows().stream()).anyMatch(row -> row.heading() || !row.marks().isEmpty());
        return some ? body : Body.of(Row.of(Line.of("no row contains " + filter + "; Esc shows all", Ink.FAINT)));
    }

    private static Body body(Scene scene, int page) {
        return switch (scene.controls().view()) {
            case OVERVIEW -> Overview.body(scene, page);
            case LANES -> LanesPart.body(scene);
            case MATRIX -> MatrixPart.body(scene);
            case POOLS -> PoolsPart.body(scene);
            case ALERTS -> AlertsPart.body(scene);
            case MAIL -> MailPart.body(scene);
        };
    }

    /** The reason first: it is what counts, and the line may be cut. */
    private static Line trouble(Snapshot.Trouble trouble, ZoneId zone) {
        return Line.of(" no answer since " + Figures.clock(trouble.since(), zone) + ": " + trouble + " ", Ink.ALARM);
    }

    private static List<Line> drawn(Scene scene, List<Row> rows) {
        List<Line> lines = rows.stream().map(Row::line).toList();
        return scene.controls().help() ? lines : dimmed(scene, lines);
    }

    private static List<Line> dimmed(Scene scene, List<Line> lines) {
        return scene.snapshot().trouble() == null ? lines : lines.stream().map(line -> line.in(Ink.FAINT)).toList();
    }

    private static Frame frame(Scene scene, List<Line> top, Body body) {
        List<Line> all = new ArrayList<>(top);
        List<Row> rows = body.rows();
        if (scene.height() == 0) {
            all.addAll(drawn(scene, Stream.concat(body.fixed().stream(), rows.stream()).toList()));
            return new Frame(all.stream().map(line -> line.fit(scene.width())).toList(), rows.size(), 0, 0, 0, List.of());
        }
        int room = Math.max(0, scene.height() - all.size() - 1);
        List<Row> fixed = room > body.fixed().size() ? body.fixed() : List.of();
        int page = room - fixed.size();
        int most = Math.max(0, rows.size() - page);
        List<Spot> spots = body.spots();
        int from = followed(spots, scene.controls(), page, most);
        List<Row> shown = Row.supported(rows.subList(from, Math.min(rows.size(), from + page)));
        // A heading stays as long as something of its table is seen.
        all.addAll(drawn(scene, shown.isEmpty() || shown.get(0).heading() || shown.get(0).line().isEmpty() ? fixed.stream().map(row -> Row.blank()).toList() : fixed));
        all.addAll(drawn(scene, shown));
        while (all.size() < scene.height() - 1) {
            all.add(new Line());
        }
        String place = most == 0 ? "" : (from + 1) + "-" + (from + shown.size()) + " of " + rows.size();
        Line bottom = Header.sides(keys(scene), Line.of(place, Ink.STRONG), scene.width());
        List<Line> fitting = Stream.concat(all.stream().limit(scene.height() - 1L), Stream.of(bottom)).map(line -> line.fit(scene.width())).toList();
        return new Frame(fitting, page, most, body.columns(), from, spots);
    }

    /** What is selected is seen; with the first row of all, what is above it too. */
    private static int followed(List<Spot> spots, Controls controls, int page, int most) {
        int from = Math.min(controls.scroll(), most);
        int at = spots.stream().filter(spot -> controls.focus().isOn(spot.mark())).findFirst().map(Spot::row).orElse(-1);
        if (at < 0) {
            return from;
        }
        return at == spots.get(0).row() && at < page ? 0 : at < from ? at : at >= from + page ? at - page + 1 : from;
    }

    /** With all titles, with that of the view that is seen, or nothing but that, whatever there is room for. */
    private static Line tabs(Scene scene) {
        Line all = tabs(scene, view -> true, view -> true);
        Line one = tabs(scene, view -> true, view -> isHere(scene, view));
        return all.width() <= scene.width() ? all : one.width() <= scene.width() ? one : tabs(scene, view -> isHere(scene, view), view -> true);
    }

    private static boolean isHere(Scene scene, View view) {
        return view == scene.controls().view() && !scene.controls().help();
    }

    private static Line tabs(Scene scene, Predicate<View> shown, Predicate<View> titled) {
        var line = new Line();
        int alerts = AlertsPart.count(scene, false);
        Stream.of(View.values()).filter(shown).forEach(view -> {
            boolean alarming = view == View.ALERTS && alerts > 0;
            line.add(line.isEmpty() ? "" : " ").add(" " + (view.ordinal() + 1) + (titled.test(view) ? " " + view.title : "") + (alarming ? " " + alerts : "") + " ",
                    isHere(scene, view) ? Ink.BAR : alarming ? Ink.WARN : Ink.PLAIN);
        });
        return line.add(scene.controls().help() ? Line.of(" ? Help ", Ink.BAR) : new Line());
    }

    private static Line keys(Scene scene) {
        var line = new Line();
        Focus focus = scene.controls().focus();
        boolean rows = focus.open() == null && !scene.controls().help();
        if (focus.typing()) {
            key(line, "Enter", "keeps the filter");
            key(line, "Esc", "shows all");
            return line;
        }
        if (!rows || !focus.filter().isEmpty()) {
            key(line, "Esc", rows ? "shows all" : "back");
        }
        key(line, "q", "quit");
        key(line, "?", "help");
        key(line, "1-" + View.values().length, "view");
        key(line, "p", scene.controls().paused() ? "go on" : "pause");
        if (rows && !scene.controls().order().isEmpty()) {
            key(line, "s", "sort: " + scene.controls().order());
        }
        if (rows) {
            key(line, "/", "filter");
            key(line, "Enter", "details");
        }
        key(line, "+-", "interval");
        return line;
    }

    private static void key(Line line, String key, String does) {
        line.add(line.isEmpty() ? "" : "  ").add(key, Ink.ACCENT).add(" " + does, Ink.FAINT);
    }
}
