package dev.dromedary.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows queues and pools of a running Dromedary. */
@Command(name = "status", description = "Show queues and pools of a running Dromedary.", mixinStandardHelpOptions = true)
public final class StatusCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Option(names = "--json", description = "print JSON (always so for now)")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return api.print("GET", "/v1/status", "application/json", new byte[0]);
    }
}
