package dev.dromedary.config;

import org.jspecify.annotations.Nullable;

/** Where a value comes from: a line of the file, an environment variable written {@code $NAME}, or (null) nowhere. */
record Place(@Nullable String file, int line) {
    static final Place NOWHERE = new Place(null, 0);

    static Place variable(String name) {
        return new Place("$" + name, 0);
    }
}
