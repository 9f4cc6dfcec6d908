package dev.dromedary.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BoundedLabelTest {
    @Test
    void theFirstHundredKeepTheirNamesAndTheRestAreOther() {
        var label = new BoundedLabel();

        Set<String> first = IntStream.range(0, 150).mapToObj(i -> label.of("s" + i)).collect(Collectors.toSet());
        Set<String> again = IntStream.range(0, 150).mapToObj(i -> label.of("s" + i)).collect(Collectors.toSet());

        assertThat(first).hasSize(101).contains("s0", "s99", "(other)").doesNotContain("s100").isEqualTo(again);
    }

    @Test
    void whatIsConfiguredKeepsItsNameHoweverManyCameBefore() {
        var label = new BoundedLabel(List.of("google", "yahoo"));
        IntStream.range(0, 500).forEach(i -> label.of("s" + i));

        assertThat(label.of("google")).isEqualTo("google");
        assertThat(label.of("yahoo")).isEqualTo("yahoo");
        assertThat(label.of("s99")).isEqualTo("s99");
        assertThat(label.of("s100")).isEqualTo("(other)");
    }

    @Test
    void manyThreadsAtATimeStayWithinTheBound() {
        var label = new BoundedLabel();
        Set<String> seen = Collections.synchronizedSet(new TreeSet<>());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        CompletableFuture.allOf(IntStream.range(0, 8).mapToObj(thread -> CompletableFuture.runAsync(
                () -> IntStream.range(0, 400).forEach(i -> seen.add(label.of("s" + (thread * 37 + i) % 400))), threads)).toArray(CompletableFuture[]::new)).join();
        threads.shutdown();

        assertThat(seen).hasSize(101);
    }
}
