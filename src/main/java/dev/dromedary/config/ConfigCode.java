package dev.dromedary.config;

/** What can be wrong with a configuration. The names are stable: they may be searched for, counted and documented. */
public enum ConfigCode {
    /** The file exists but cannot be read. */
    UNREADABLE_FILE,
    /** The file is no well-formed YAML. */
    NOT_YAML,
    UNKNOWN_KEY,
    DUPLICATE_KEY,
    DUPLICATE_ID,
    /** A list where a section belongs, and the like. */
    WRONG_TYPE,
    /** The text cannot be read as a value of its key. */
    BAD_VALUE,
    OUT_OF_RANGE,
    /** A rate of 0 per period, which is how people write a pause. */
    RATE_ZERO,
    MISSING_VALUE,
    /** A value that another setting makes void. */
    UNUSED_VALUE,
    BAD_PATTERN,
    /** A {@code DROMEDARY_} environment variable that overrides nothing. */
    UNKNOWN_VARIABLE,
    /** One environment variable that could override two keys. */
    AMBIGUOUS_VARIABLE,
    /** A password or API key written into the file. */
    LITERAL_SECRET,
    /** The environment variable or file of a secret is not there. */
    SECRET_UNAVAILABLE,
    SECRET_TWICE,
    SECRET_WEAK,
    MISSING_FILE,
    PORT_CLASH,
    /** A listener reachable from other machines without what would protect it. */
    OPEN_LISTENER,
    TLS_OFF,
    /** A TLS mode that the port is not registered for (RFC 8314). */
    TLS_PORT,
    AUTH_IN_CLEAR,
    NO_POOLS,
    NO_CATCH_ALL,
    UNKNOWN_POOL,
    UNKNOWN_PROVIDER,
    UNUSED_POOL,
    SHADOWED_ROUTE,
    PATTERN_CLAIMED_TWICE,
    LIMIT_NEVER_BINDS,
    /** Something wrong in the file of reply rules or of reactions; the problem names that file and its line. */
    BAD_RULES,
    RETRY_ORDER,
    /** Retries closer together than RFC 5321 section 4.5.4.1 asks for, or given up earlier. */
    RETRY_TOO_OFTEN,
    RETRY_GIVES_UP_EARLY,
    SIZE_ORDER,
    /** A rule that alerts where a value is good, such as high throughput. */
    ALERT_DIRECTION,
    /** Transactional and other mail that only share pools, so that one harms the other. */
    STREAMS_MIXED
}
