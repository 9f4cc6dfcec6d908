package dev.dromedary.store;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that outlived the process that started it: a killed JVM leaves it running with its {@code postmaster.pid}. It is
 * stopped in order, so that its successor starts on clean files. Call only while holding the {@link DirectoryLock}.
 */
final class LeftoverServer {
    private static final Logger LOG = LoggerFactory.getLogger(LeftoverServer.class);
    private static final int STOP_SECONDS = 60;
    private final Path cluster;
    private final Path binaries;

    LeftoverServer(Path cluster, Path binaries) {
        this.cluster = cluster;
        this.binaries = binaries;
    }

    /** @throws StorageException when a server is running and will not stop */
    void stop() {
        Path pidFile = cluster.resolve("postmaster.pid");
        Optional<ProcessHandle> process = pid(pidFile).flatMap(ProcessHandle::of).filter(ProcessHandle::isAlive);
        if (process.isEmpty()) {
            return; // PostgreSQL itself removes a file whose process is gone.
        }
        if (!isServer(process.get())) {
            // The number belongs to another program now, which is common after a container restart, and PostgreSQL would refuse to start.
            delete(pidFile);
            return;
        }
        LOG.info("Stopping the PostgreSQL server (process {}) that an earlier Dromedary left running in {}", process.get().pid(), cluster);
        if (!stopInOrder() && !terminate(process.get())) {
            throw new StorageException("[DATABASE_LEFTOVER] " + cluster + ": the PostgreSQL server with process id " + process.get().pid()
                    + " is still running and does not stop; stop it by hand and start again", null);
        }
    }

    private boolean isServer(ProcessHandle process) {
        String command = process.info().commandLine().orElse("");
        return command.contains("postgres") && (command.contains(cluster.toString()) || worksIn(process));
    }

    /** The server's working directory is its cluster, under whatever name that was given to it. */
    private boolean worksIn(ProcessHandle process) {
        try {
            return Files.isSameFile(Path.of("/proc", String.valueOf(process.pid()), "cwd"), cluster);
        } catch (IOException e) {
            return false;
        }
    }

    private boolean stopInOrder() {
        try {
            Optional<Path> control = control();
            if (control.isEmpty()) {
                return false;
            }
            List<String> command = new ArrayList<>();
            if (LinuxUtils.isUnshareAvailable()) {
                command.addAll(List.of("unshare", "-U"));
            }
            command.addAll(List.of(control.get().toString(), "-D", cluster.toString(), "-m", "fast", "-w", "-t", String.valueOf(STOP_SECONDS), "stop"));
            Process stop = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            return stop.waitFor(STOP_SECONDS + 5, TimeUnit.SECONDS) && stop.exitValue() == 0;
        } catch (IOException e) {
            LOG.warn("[DATABASE_LEFTOVER] pg_ctl: {}; ending the server by a signal instead", e.getMessage());
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private Optional<Path> control() throws IOException {
        if (!Files.isDirectory(binaries)) {
            return Optional.empty();
        }
        try (Stream<Path> versions = Files.list(binaries)) {
            return versions.map(version -> version.resolve("bin").resolve("pg_ctl")).filter(Files::isExecutable).findFirst();
        }
    }

    private static boolean terminate(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
        return !process.isAlive();
    }

    private static Optional<Long> pid(Path pidFile) {
        try (Stream<String> lines = Files.lines(pidFile)) {
            return lines.findFirst().map(String::strip).filter(line -> line.matches("\\d{1,10}")).map(Long::valueOf);
        } catch (IOException | UncheckedIOException e) {
            return Optional.empty();
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new StorageException("[DATABASE_LEFTOVER] " + file + ": " + e.getMessage() + "; delete it by hand and start again", e);
        }
    }
}
