package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.dromedary.deployment.MetricsPage;
import dev.dromedary.deployment.MetricsPage.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md against a program in which about everything happens that can happen to mail: each metric that one has, the other has, with its type and labels. */
class MetricsReferenceIT {
    /** What needs more than mail to appear, with the test that sees it. */
    private static final Map<String, Class<?>> SEEN_ELSEWHERE = Map.of("dromedary_duplicates_prevented_total", SentLogIT.class);
    /** What depends on when the JVM collects. */
    private static final Set<String> PERHAPS = Set.of("jvm_gc_pause_seconds", "jvm_gc_concurrent_phase_time_seconds");

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static Map<String, Entry> page;

    @BeforeAll
    static void start() throws Exception {
        page = MetricsPage.read();
        program = BusyProgram.start(folder);
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    private static Map<String, Entry> shown() throws Exception {
        return MetricsPage.ofScrape(program.management("/observe/metrics"));
    }

    @Test
    void thePageHasWhatTheProgramShowsAndNothingElse() throws Exception {
        await().atMost(TestProgram.PATIENCE).untilAsserted(() -> {
            Map<String, Entry> both = new TreeMap<>(shown());
            Stream.concat(SEEN_ELSEWHERE.keySet().stream(), PERHAPS.stream()).forEach(name -> both.putIfAbsent(name, page.getOrDefault(name, new Entry("missing", Set.of()))));
            assertThat(page.keySet()).containsExactlyInAnyOrderElementsOf(both.keySet());
            page.forEach((name, entry) -> assertThat(entry).as(name).isEqualTo(both.get(name)));
        });
    }

    @Test
    void whatNeedsMoreThanMailIsSeenByAnotherTest() throws Exception {
        for (var seen : SEEN_ELSEWHERE.entrySet()) {
            assertThat(Files.readString(Path.of("src/test/java", seen.getValue().getName().replace('.', '/') + ".java"))).contains(seen.getKey());
        }
    }
}
