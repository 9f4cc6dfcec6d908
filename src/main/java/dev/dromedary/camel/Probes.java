package dev.dromedary.camel;

import dev.dromedary.pool.PoolBoard;
import dev.dromedary.smtp.PoolProbe;
import dev.dromedary.smtp.ProbeResult;
import java.util.Map;

/** Probes every pool and tells the board. */
public final class Probes {
    private final Map<String, PoolProbe> probes;
    private final PoolBoard board;

    Probes(Map<String, PoolProbe> probes, PoolBoard board) {
        this.probes = probes;
        this.board = board;
    }

    public void run() {
        probes.forEach((pool, probe) -> {
            ProbeResult result = probe.probe();
            board.probed(pool, result instanceof ProbeResult.Unhealthy unhealthy ? unhealthy.phase() + ": " + unhealthy.text() : null);
        });
    }
}
