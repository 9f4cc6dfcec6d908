package dev.dromedary.cli;

import dev.dromedary.camel.StartException;
import dev.dromedary.camel.Wiring;
import dev.dromedary.config.ConfigException;
import dev.dromedary.config.ConfigLoader;
import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.provider.BuiltInProviders;
import dev.dromedary.store.StorageException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs Dromedary until it is told to stop. */
@Command(name = "run", description = "Run until SIGTERM or SIGINT, then drain and stop.", mixinStandardHelpOptions = true)
public final class RunCommand implements Callable<Integer> {
    @Option(names = "--config", description = "folder with dromedary.yaml (default: config of the installation)", paramLabel = "DIR")
    private Path configDir = Home.path().resolve("config");

    @Option(names = "--data", description = "folder for everything kept on disk (default: data)", paramLabel = "DIR")
    private Path dataDir = Path.of("data");

    @Override
    public Integer call() throws Exception {
        DromedaryConfig config;
        try {
            config = new ConfigLoader(BuiltInProviders.load()).load(configDir, dataDir, System.getenv());
        } catch (ConfigException e) {
            e.problems().forEach(problem -> System.err.println(problem));
            System.err.println("dromedary: not started; correct the configuration, and try it with: dromedary check");
            return 1;
        }
        Files.createDirectories(dataDir);
        var stop = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        var drained = new AtomicBoolean();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            stop.countDown();
            try {
                stopped.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (drained.get()) {
                // A stop that was asked for and went well is no failure: left to itself, the JVM would end with 128 + the signal's number.
                System.out.flush();
                Runtime.getRuntime().halt(0);
            }
        }, "stop"));
        try (Wiring wiring = Wiring.start(config, Home.path(), dataDir)) {
            System.out.printf("dromedary is ready%n  look  http://%1$s:%2$d/%n  http  http://%1$s:%2$d/v1/messages%n  smtp  %3$s:%4$d%n  files %5$s%n  watch http://%6$s:%7$d/observe/health/ready%n",
                    config.http().bind(), config.http().port(), config.smtp().bind(), wiring.smtpPort(), config.inbox().directory(),
                    config.management().bind(), config.management().port());
            System.out.flush();
            stop.await();
            System.out.println("dromedary drains and stops");
            drained.set(true);
        } catch (StartException | StorageException | UncheckedIOException e) {
            System.err.println(e.getMessage());
            System.err.println("dromedary: not started");
            return 1;
        } catch (Exception e) {
            if (stop.getCount() > 0) {
                throw e;
            }
            // Its parts cannot start while the JVM ends. Those that were there have been closed.
            System.out.println("dromedary was told to stop while it started, and stops");
            drained.set(true);
        } finally {
            stopped.countDown();
        }
        return 0;
    }
}
