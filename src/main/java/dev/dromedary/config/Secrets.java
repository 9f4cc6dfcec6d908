package dev.dromedary.config;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds secrets where the file says they are. Problems name the place, never the secret. */
final class Secrets {
    private static final int SHORTEST_KEY = 20;

    private final Path directory;
    private final Environment environment;
    private final Findings findings;

    Secrets(Path directory, Environment environment, Findings findings) {
        this.directory = directory;
        this.environment = environment;
        this.findings = findings;
    }

    /** The secret of {@code name}, {@code name-env} or {@code name-file}; {@link Secret#NONE} where none of these is set. */
    Secret read(Settings owner, String name) {
        String own = owner.optional(name, String.class);
        if (own != null) {
            return new Secret(own);
        }
        String variable = owner.optional(name + "-env", String.class);
        String file = owner.optional(name + "-file", String.class);
        checkOneWay(owner, name, variable != null && file != null);
        return variable != null ? fromEnvironment(owner, name, variable, "") : file != null ? fromFile(owner, name, file, "") : Secret.NONE;
    }

    /** As {@link #read}, of a name that may have several; those that cannot be read are left out. */
    List<Secret> readAll(Settings owner, String name) {
        String own = owner.optional(name, String.class);
        if (own != null) {
            return List.of(new Secret(own));
        }
        List<String> variables = owner.list(name + "-env", String.class);
        List<String> files = owner.list(name + "-file", String.class);
        checkOneWay(owner, name, !variables.isEmpty() && !files.isEmpty());
        List<String> places = variables.isEmpty() ? files : variables;
        List<Secret> all = new ArrayList<>();
        for (int i = 0; i < places.size(); i++) {
            String which = places.size() == 1 ? "" : "number " + (i + 1) + ": ";
            all.add(variables.isEmpty() ? fromFile(owner, name, places.get(i), which) : fromEnvironment(owner, name, places.get(i), which));
        }
        all.removeIf(Secret::isEmpty);
        return all;
    }

    private void checkOneWay(Settings owner, String name, boolean both) {
        if (both) {
            findings.error(ConfigCode.SECRET_TWICE, owner.place(name + "-file"), owner.path(name + "-file"), "beside " + name + "-env", "keep one of the two");
        }
    }

    /** @param which begins what is seen, where there are several */
    private Secret fromEnvironment(Settings owner, String name, String variable, String which) {
        String value = environment.read(variable);
        if (value == null) {
            findings.error(ConfigCode.SECRET_UNAVAILABLE, owner.place(name + "-env"), owner.path(name + "-env"), which + "the variable is not set or empty", "set the environment variable that it names");
            return Secret.NONE;
        }
        return new Secret(value);
    }

    private Secret fromFile(Settings owner, String name, String file, String which) {
        try {
            String text = Files.readString(directory.resolve(file)).replaceFirst("\\r?\\n\\z", "");
            if (!text.isEmpty()) {
                return new Secret(text);
            }
        } catch (IOException | RuntimeException unreadable) {
            // Reported below: an unreadable file and an empty one are mended alike.
        }
        findings.error(ConfigCode.SECRET_UNAVAILABLE, owner.place(name + "-file"), owner.path(name + "-file"), which + "no such file, or not readable, or empty", "write the secret into the file that it names");
        return Secret.NONE;
    }

    /** The SHA-256 of an API key or a password, given as such or made from the secret; null, and a problem, where there is neither. */
    @Nullable String digest(Settings owner, String name) {
        String given = owner.optional("sha256", String.class);
        Secret secret = read(owner, name);
        if (given != null) {
            return given;
        }
        if (secret.isEmpty()) {
            if (Stream.of("sha256", name, name + "-env", name + "-file").noneMatch(owner::isGiven)) {
                findings.error(ConfigCode.MISSING_VALUE, owner.place(), owner.path("sha256"), "not set", "write sha256, " + name + "-env or " + name + "-file");
            }
            return null;
        }
        if (name.equals("key") && secret.reveal().length() < SHORTEST_KEY) {
            findings.error(ConfigCode.SECRET_WEAK, owner.place(), owner.path(name), "shorter than " + SHORTEST_KEY + " characters", "make one with: openssl rand -hex 24");
        }
        return sha256(secret.reveal());
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
