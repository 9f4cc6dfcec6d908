package dev.dromedary.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** Files and directories that only this user may open. */
public final class PrivateFiles {
    private static final Set<PosixFilePermission> OWNER_DIRECTORY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OWNER_FILE = PosixFilePermissions.fromString("rw-------");
    private static final int SECRET_BYTES = 24;

    private PrivateFiles() {
    }

    public static Path directory(Path directory) throws IOException {
        Files.createDirectories(directory);
        restrict(directory, OWNER_DIRECTORY);
        return directory;
    }

    /** The secret kept in the file; on the first call a random one is made and kept. */
    static String secret(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file).strip();
        }
        // Restricted while still empty, and moved into place whole: a crash in between leaves no half secret.
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.writeString(draft, "", StandardCharsets.US_ASCII);
        restrict(draft, OWNER_FILE);
        String secret = random();
        Files.writeString(draft, secret, StandardCharsets.US_ASCII, StandardOpenOption.DSYNC);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        return secret;
    }

    static String random() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static void restrict(Path path, Set<PosixFilePermission> permissions) throws IOException {
        if (Files.getFileAttributeView(path, PosixFileAttributeView.class) != null) {
            Files.setPosixFilePermissions(path, permissions);
        }
    }
}
