package dev.dromedary.cli.top;

import com.fasterxml.jackson.databind.JsonNode;
import dev.dromedary.cli.top.Table.Column;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What is queued and what waits, by provider and by age. */
final class LanesPart {
    private LanesPart() {
    }

    /** @param age of the first of the queue in seconds; -1 where the queue is empty */
    private record Lane(JsonNode node, String provider, long queued, long underWay, long age, long waiting, Flow flow) {
        static Lane of(JsonNode node, Scene scene) {
            String provider = node.path("provider").asText();
            return new Lane(node, provider, node.path("queued").asLong(), node.path("under_way").asLong(), node.path("oldest_seconds").asLong(-1), node.path("waiting").asLong(), scene.rates().provider(provider));
        }

        Subject subject() {
            return Subject.of(Subject.Of.LANE, provider);
        }

        boolean isBusy() {
            return queued + underWay + waiting > 0 || flow.attempts() > 0 || node.hasNonNull("hold");
        }
    }

    static Body body(Scene scene) {
        List<Lane> all = sorted(scene, scene.controls().order());
        List<Lane> lanes = all.stream().filter(Lane::isBusy).toList();
        var rows = new ArrayList<>(table(scene, lanes, true).rows(scene, 1));
        rows.add(Row.of(Line.of(lanes.isEmpty() ? "nothing is queued and nothing waits" : all.size() - lanes.size() + " other lanes are empty", Ink.FAINT)));
        var reasons = new Table(Column.name("why mail waits", 0), Column.number("messages", 0), Column.name("kind", 2), Column.name("category", 3), Column.number("code", 4), Column.text("for example", 1));
        for (Lane lane : lanes) {
            if (lane.node.hasNonNull("hold")) {
                reasons.about(lane.subject(), Line.of(lane.provider), Line.of(""), Line.of("lane held", Ink.WARN), Line.of(""), Line.of(""), Line.of(scene.text(lane.node.path("hold").asText())));
            }
            lane.node.path("reasons").forEach(one -> reasons.about(lane.subject(), Line.of(lane.provider), Line.of(Figures.count(one.path("messages"))), Line.of(one.path("kind").asText()),
                    Line.of(one.path("category").asText("")), Line.of(one.path("code").asText("")), Line.of(one.path("for_example").asText(""), Ink.FAINT)));
        }
        if (!reasons.isEmpty()) {
            rows.add(Row.blank());
            rows.addAll(reasons.rows(scene, 3));
        }
        return Body.table(rows);
    }

    /** Those with anything in them, the oldest first. */
    static List<Row> busy(Scene scene) {
        List<Lane> lanes = sorted(scene, "oldest").stream().filter(Lane::isBusy).toList();
        return lanes.isEmpty() ? List.of(Row.of(Line.of("lanes  ", Ink.TITLE).add(scene.snapshot().has(Call.LANES) ? "nothing is queued and nothing waits" : "not known", Ink.FAINT))) : table(scene, lanes, false).rows(scene, 1);
    }

    private static List<Lane> sorted(Scene scene, String order) {
        Comparator<Lane> by = switch (order) {
            case "queued" -> Comparator.comparingLong(lane -> -lane.queued);
            case "waiting" -> Comparator.comparingLong(lane -> -lane.waiting);
            case "name" -> Comparator.comparing(Lane::provider);
            default -> Comparator.<Lane>comparingLong(lane -> -lane.age).thenComparingLong(lane -> -lane.waiting - lane.queued - lane.underWay);
        };
        return scene.list(Call.LANES, "lanes").stream().map(lane -> Lane.of(lane, scene)).sorted(by.thenComparing(Lane::provider)).toList();
    }

    private static Table table(Scene scene, List<Lane> lanes, boolean whole) {
        var columns = new ArrayList<>(List.of(Column.name("lane", 0), Column.number("queued", 0), Column.number("sending", 4), Column.number("oldest", 1), Column.number("waiting", 0)));
        List<String> ages = Scene.list(scene.of(Call.LANES).path("ages")).stream().map(JsonNode::asText).toList();
        ages.forEach(age -> columns.add(Column.number(age, whole ? 2 : 5)));
        columns.addAll(List.of(Column.number("delivered/s", whole ? 3 : 2), Column.number("deferred/s", 3), Column.number("bounced/s", 3), Column.name("", 1)));
        var table = new Table(columns.toArray(Column[]::new));
        for (Lane lane : lanes) {
            var row = new ArrayList<>(List.of(Line.of(lane.provider, Ink.STRONG), Line.of(Figures.count(lane.node.path("queued"))), Line.of(Figures.count(lane.node.path("under_way"))),
                    Line.of(lane.age < 0 ? Figures.NONE : Figures.lasting(lane.age), ageInk(lane.age)), Line.of(Figures.count(lane.waiting))));
            for (int i = 0; i < ages.size(); i++) {
                row.add(Line.of(Figures.count(lane.node.path("by_age").path(i)), lane.node.path("by_age").path(i).asLong() == 0 ? Ink.FAINT : Ink.PLAIN));
            }
            row.addAll(List.of(Line.of(Figures.rate(lane.flow.delivered())), troubled(lane.flow.deferred(), Ink.WARN), troubled(lane.flow.bounced(), Ink.BAD), Line.of(lane.node.hasNonNull("hold") ? "held" : "", Ink.WARN)));
            table.about(lane.subject(), row.toArray(Line[]::new));
        }
        return table;
    }

    static Line troubled(double rate, Ink ink) {
        return Line.of(Figures.rate(rate), rate > 0 ? ink : Ink.PLAIN);
    }

    /** Mail that has stood for ten minutes was meant to be gone. */
    private static Ink ageInk(long seconds) {
        return seconds >= 3_600 ? Ink.BAD : seconds >= 600 ? Ink.WARN : Ink.PLAIN;
    }
}
