package dev.dromedary.suppression;

import dev.dromedary.store.TestDatabase;
import dev.dromedary.suppression.Suppression.Origin;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** No test: prints what a list of a million entries costs in memory, to look into, to fill and to read again. */
final class SuppressionMeasurement {
    private static final int ENTRIES = 1_000_000;
    private static final int BATCH = 1_000;

    private SuppressionMeasurement() {
    }

    public static void main(String[] arguments) throws Exception {
        memory();
        database();
        System.exit(0);
    }

    private static void memory() {
        long before = used();
        var index = new SuppressionIndex();
        for (int i = 0; i < ENTRIES; i++) {
            index.put(address(i), "", null);
        }
        System.out.printf("RESULT memory: %.1f bytes an entry%n", (used() - before) / (double) ENTRIES);
        Instant now = Instant.now();
        for (int round = 0; round < 3; round++) {
            long start = System.nanoTime();
            int found = 0;
            for (int i = 0; i < ENTRIES; i++) {
                found += index.contains(address(i * 2), "", now) ? 1 : 0;
            }
            System.out.printf("RESULT look-up: %.0f ns, %d found%n", (System.nanoTime() - start) / (double) ENTRIES, found);
        }
    }

    private static void database() throws Exception {
        TestDatabase.empty();
        var store = new SuppressionStore(TestDatabase.dataSource(), Clock.systemUTC());
        long start = System.nanoTime();
        for (int i = 0; i < ENTRIES; i += BATCH) {
            store.put(IntStream.range(i, i + BATCH).mapToObj(n -> new Suppression(address(n), null, "userunknown", "550 5.1.1 no such user", Origin.IMPORT, Instant.now(), null)).toList());
        }
        System.out.printf("RESULT fill: %.1f s%n", seconds(start));
        var node = new SuppressionStore(TestDatabase.dataSource(), Clock.systemUTC());
        start = System.nanoTime();
        System.out.printf("RESULT first refresh: %d entries, %.2f s%n", node.refresh(), seconds(start));
        node.refresh();
        store.put(List.of(new Suppression("one@more.example", null, "manual", "", Origin.MANUAL, Instant.now(), null)));
        start = System.nanoTime();
        System.out.printf("RESULT refresh after one change: %d entries, %.4f s%n", node.refresh(), seconds(start));
        start = System.nanoTime();
        System.out.printf("RESULT export: %d entries, %.2f s%n", store.export(SuppressionFilter.ANY, entry -> { }), seconds(start));
    }

    private static String address(int i) {
        return "user.number." + i + "@mail" + i % 100 + ".example.org";
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static long used() {
        for (int i = 0; i < 5; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
