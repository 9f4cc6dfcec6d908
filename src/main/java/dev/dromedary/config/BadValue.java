package dev.dromedary.config;

/** A text that is no value of its type. The message is the advice: what to write instead. */
final class BadValue extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;
    private final ConfigCode code;

    BadValue(ConfigCode code, String advice) {
        super(advice);
        this.code = code;
    }

    static BadValue write(String form) {
        return new BadValue(ConfigCode.BAD_VALUE, "write " + form);
    }

    static BadValue outside(String range) {
        return new BadValue(ConfigCode.OUT_OF_RANGE, "write " + range);
    }

    ConfigCode code() {
        return code;
    }

    String advice() {
        return String.valueOf(getMessage());
    }
}
