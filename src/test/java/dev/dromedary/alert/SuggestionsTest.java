package dev.dromedary.alert;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.Dromedary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class SuggestionsTest {
    private static final Pattern COMMAND = Pattern.compile("bin/dromedary ([a-z-]+)(?: ([a-z-]+))?");

    /** What is suggested in an emergency has to be there. */
    @Test
    void everyCommandThatIsSuggestedIsOne() {
        Map<String, CommandLine> commands = new CommandLine(Dromedary.class).getSubcommands();
        List<String> all = Arrays.stream(AlertMetric.values()).flatMap(metric -> Suggestions.of(metric).stream()).toList();
        int found = 0;
        for (String suggestion : all) {
            Matcher matcher = COMMAND.matcher(suggestion);
            while (matcher.find()) {
                found++;
                assertThat(commands).as(suggestion).containsKey(matcher.group(1));
                Map<String, CommandLine> second = commands.get(matcher.group(1)).getSubcommands();
                if (!second.isEmpty()) {
                    assertThat(second).as(suggestion).containsKey(matcher.group(2));
                }
            }
        }
        assertThat(found).isGreaterThan(10);
    }
}
