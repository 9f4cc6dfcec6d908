package dev.dromedary.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder for what is on its way and too long for memory; nothing in it is worth keeping over a stop. */
final class Spool {
    static final String FOLDER = "spool";

    private Spool() {
    }

    /** Makes it under the data folder, or empties it of what a crash left. */
    static Path in(Path data) throws IOException {
        Path folder = Files.createDirectories(data.resolve(FOLDER));
        try (var left = Files.newDirectoryStream(folder)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
        return folder;
    }
}
