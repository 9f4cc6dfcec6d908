package dev.dromedary.config;

import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with the configuration.
 *
 * @param file   the file, or {@code $NAME} for an environment variable, or null where neither is to blame
 * @param line   from 1; 0 where there is none
 * @param key    such as {@code pools[0].tls}
 * @param seen   the value in quotes, or what was found; never a secret
 * @param advice what to change
 */
public record Problem(ConfigCode code, @Nullable String file, int line, String key, String seen, String advice, Severity severity) {

    public enum Severity { ERROR, WARNING }

    public boolean isError() {
        return severity == Severity.ERROR;
    }

    @Override
    public String toString() {
        String place = file == null ? "" : line > 0 ? file + ":" + line + " " : file + " ";
        return "[" + code + "] " + place + (key.isEmpty() ? "" : key + ": ") + seen + "; " + advice;
    }
}
