package dev.dromedary.cli;

import java.nio.file.Path;

/** Where Dromedary is installed: the folder with {@code routes/} and {@code config/}. */
final class Home {
    private Home() {
    }

    static Path path() {
        String home = System.getenv("DROMEDARY_HOME");
        return Path.of(home == null ? "." : home);
    }
}
