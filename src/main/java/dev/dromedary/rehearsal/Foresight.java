package dev.dromedary.rehearsal;

import dev.dromedary.warning.Warning;
import dev.dromedary.warning.WarningBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** What was warned of, and what came of it. */
final class Foresight {
    /** A warning longer before a block was of something else. */
    private static final long BELONGS = TimeUnit.HOURS.toNanos(6);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);
    /** The provider's opinion up to which it has nothing against a pool. */
    private static final double GOOD_STANDING = 0.1;

    private final Instant start;
    private final World world;
    private final Set<String> seen = new HashSet<>();
    private final List<Raised> raised = new ArrayList<>();
    private final List<Block> blocks = new ArrayList<>();

    private record Raised(String pool, String provider, long at, boolean founded) {
    }

    private record Block(String pool, String provider, long from) {
    }

    Foresight(Instant start, World world) {
        this.start = start;
        this.world = world;
    }

    /** Takes note of what is new in the book. */
    void look(WarningBook book, long now) {
        for (Warning warning : book.open()) {
            if (seen.add(warning.id())) {
                long at = Duration.between(start, warning.since()).toNanos();
                boolean founded = world.account(warning.pool(), warning.provider()).standsWorseThan(GOOD_STANDING, now);
                raised.add(new Raised(warning.pool(), warning.provider(), at, founded));
            }
        }
    }

    void blocked(String pool, String provider, long from) {
        blocks.add(new Block(pool, provider, from));
    }

    /** Minutes from the first warning to each block; 0 for a block without one. */
    List<Long> leads() {
        return blocks.stream().map(block -> raised.stream()
                .filter(one -> one.pool.equals(block.pool) && one.provider.equals(block.provider) && one.at < block.from && one.at >= block.from - BELONGS)
                .mapToLong(one -> (block.from - one.at) / MINUTE).max().orElse(0)).toList();
    }

    int warnings() {
        return raised.size();
    }

    /** Of a pool that its provider had nothing against. */
    long falseAlarms() {
        return raised.stream().filter(one -> !one.founded).count();
    }
}
