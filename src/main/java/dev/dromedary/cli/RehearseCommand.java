package dev.dromedary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.dromedary.config.ConfigException;
import dev.dromedary.config.Scenario;
import dev.dromedary.config.ScenarioReader;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.rehearsal.Capacity;
import dev.dromedary.rehearsal.Comparison;
import dev.dromedary.rehearsal.Policy;
import dev.dromedary.rehearsal.Result;
import dev.dromedary.rehearsal.ResultTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A simulated time of traffic, before a single message is sent. */
@Command(name = "rehearse", mixinStandardHelpOptions = true,
        description = "Rehearses a scenario on a virtual clock, with the production's own policies, and compares them with others. Sends nothing.")
public final class RehearseCommand implements Callable<Integer> {
    @Option(names = "--scenario", paramLabel = "FILE", required = true, split = ",", description = "What to rehearse: see docs/rehearsal.md and the folder rehearsal/. May be repeated.")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--policy", paramLabel = "NAME", split = ",", description = "reputation, round-robin, weighted or seed; all of them unless given.")
    private List<String> policies = new ArrayList<>();

    @Option(names = "--reactions", description = "Let the other policies too obey the reactions that providers prescribe.")
    private boolean reactions;

    @Option(names = "--times", paramLabel = "FACTOR", defaultValue = "1", description = "So many times the scenario's traffic (${DEFAULT-VALUE}).")
    private double times = 1;

    @Option(names = "--capacity", description = "Tell how much more traffic is carried, and when the scenario's growth brings it; rehearses some eight times.")
    private boolean capacity;

    @Option(names = "--json", description = "Print one JSON object instead of text.")
    private boolean json;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException, JsonProcessingException {
        PrintWriter out = spec == null ? new PrintWriter(System.out, true) : spec.commandLine().getOut();
        PrintWriter err = spec == null ? new PrintWriter(System.err, true) : spec.commandLine().getErr();
        try {
            List<Policy> chosen = chosen();
            List<Map<String, Object>> all = new ArrayList<>();
            for (Path file : files) {
                Scenario scenario = new ScenarioReader(BuiltInProviders.load()).read(file).times(times);
                if (capacity) {
                    Policy policy = policies.isEmpty() ? Policy.REPUTATION : chosen.get(0);
                    Capacity found = Capacity.of(scenario, policy, reactions);
                    if (json) {
                        all.add(Map.of("scenario", scenario.name(), "policy", policy.id(), "growth", scenario.growth(), "capacity", found));
                    } else {
                        out.println(sentence(scenario, policy, found));
                    }
                    continue;
                }
                List<Result> results = Comparison.run(scenario, chosen, reactions);
                if (json) {
                    all.add(object(scenario, results));
                } else {
                    print(out, scenario, results);
                }
            }
            if (json) {
                out.println(new JsonMapper().writerWithDefaultPrettyPrinter().writeValueAsString(Map.of("rehearsals", all)));
            }
            out.flush();
            return 0;
        } catch (ConfigException e) {
            e.problems().forEach(err::println);
        } catch (IllegalArgumentException e) {
            err.println(e.getMessage());
        }
        err.flush();
        return 1;
    }

    private static String sentence(Scenario scenario, Policy policy, Capacity found) {
        String carried = String.format(Locale.ROOT, "%s: with %s, %.0f %% are delivered within an hour up to %.2f times this traffic (%,d messages)", scenario.name(), policy.id(),
                Capacity.ENOUGH * 100, found.times(), Math.round(found.times() * scenario.messages()));
        if (found.most()) {
            return carried + ", the most that was tried";
        }
        String when = found.months() == null ? "" : found.months() == 0 ? "; these pools are outgrown already"
                : String.format(Locale.ROOT, "; at %.1f %% a month that is in %.0f months", scenario.growth(), found.months());
        return carried + when + (found.provider() == null ? "" : "; mail to " + found.provider() + " is late first");
    }

    private List<Policy> chosen() {
        if (policies.isEmpty()) {
            return List.of(Policy.values());
        }
        return policies.stream().map(RehearseCommand::policy).distinct().toList();
    }

    private static Policy policy(String name) {
        return Arrays.stream(Policy.values()).filter(policy -> policy.id().equals(name.toLowerCase(Locale.ROOT))).findFirst().orElseThrow(() -> new IllegalArgumentException(
                "[BAD_VALUE] --policy: \"" + name + "\"; write " + String.join(", ", Arrays.stream(Policy.values()).map(Policy::id).toList())));
    }

    private static void print(PrintWriter out, Scenario scenario, List<Result> results) {
        out.printf(Locale.ROOT, "%s: %s%n", scenario.name(), scenario.description());
        ResultTable.lines(results).forEach(line -> out.println("  " + line));
        out.println();
    }

    private static Map<String, Object> object(Scenario scenario, List<Result> results) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("scenario", scenario.name());
        object.put("description", scenario.description());
        object.put("seed", scenario.seed());
        object.put("results", results);
        return object;
    }
}
