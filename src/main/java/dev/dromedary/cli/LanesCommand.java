package dev.dromedary.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows what is queued and what waits, by provider and age. */
@Command(name = "lanes", description = "Show what is queued, under way and waiting, by provider and by age, with the reasons.", mixinStandardHelpOptions = true)
public final class LanesCommand implements Callable<Integer> {
    private static final String ABSENT = "-";

    @Mixin
    private ApiClient api = new ApiClient();

    @Option(names = "--all", description = "also lanes with nothing in them")
    private boolean all;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return api.show("/v1/lanes", json, answer -> view(answer, all));
    }

    /** A matrix with aligned columns, then the reasons. */
    static String view(JsonNode answer, boolean all) {
        var rows = new ArrayList<List<String>>();
        var head = new ArrayList<>(List.of("provider", "queued", "under way", "oldest", "waiting"));
        answer.path("ages").forEach(age -> head.add(age.asText()));
        rows.add(head);
        var below = new StringBuilder();
        for (JsonNode lane : answer.path("lanes")) {
            if (all || lane.path("queued").asLong() + lane.path("under_way").asLong() + lane.path("waiting").asLong() > 0 || lane.hasNonNull("hold")) {
                rows.add(row(lane));
                reasons(below, lane);
            }
        }
        rows.add(total(answer.path("lanes"), head.size()));
        return table(rows) + (below.isEmpty() ? "" : System.lineSeparator() + below);
    }

    private static List<String> row(JsonNode lane) {
        var row = new ArrayList<>(List.of(lane.path("provider").asText(), number(lane.path("queued")), number(lane.path("under_way")),
                lane.hasNonNull("oldest_seconds") ? age(lane.path("oldest_seconds").asLong()) : ABSENT, number(lane.path("waiting"))));
        lane.path("by_age").forEach(count -> row.add(number(count)));
        return row;
    }

    private static List<String> total(JsonNode lanes, int columns) {
        long[] sums = new long[columns];
        lanes.forEach(lane -> {
            sums[1] += lane.path("queued").asLong();
            sums[2] += lane.path("under_way").asLong();
            sums[4] += lane.path("waiting").asLong();
            for (int i = 5; i < columns; i++) {
                sums[i] += lane.path("by_age").path(i - 5).asLong();
            }
        });
        var row = new ArrayList<String>();
        for (int i = 0; i < columns; i++) {
            row.add(i == 0 ? "total" : i == 3 ? "" : Long.toString(sums[i]));
        }
        return row;
    }

    private static void reasons(StringBuilder out, JsonNode lane) {
        String provider = lane.path("provider").asText();
        if (lane.hasNonNull("hold")) {
            out.append(provider).append("  ").append(lane.path("hold").asText()).append(System.lineSeparator());
        }
        lane.path("reasons").forEach(reason -> out.append("%s  %d %s%s%s: %s%n".formatted(provider, reason.path("messages").asLong(), reason.path("kind").asText(),
                reason.hasNonNull("category") ? " " + reason.path("category").asText() : "", reason.hasNonNull("code") ? " " + reason.path("code").asText() : "",
                reason.path("for_example").asText())));
    }

    private static String number(JsonNode node) {
        return node.isNumber() ? node.asText() : ABSENT;
    }

    static String age(long seconds) {
        return seconds < 120 ? seconds + "s" : seconds < 7_200 ? seconds / 60 + "m" : seconds < 172_800 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
    }

    private static String table(List<List<String>> rows) {
        int[] widths = new int[rows.get(0).size()];
        rows.forEach(row -> {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        var out = new StringBuilder();
        for (List<String> row : rows) {
            out.append(String.format("%-" + widths[0] + "s", row.get(0)));
            for (int i = 1; i < widths.length; i++) {
                out.append("  ").append(String.format("%" + widths[i] + "s", row.get(i)));
            }
            out.append(System.lineSeparator());
        }
        return out.toString();
    }
}
