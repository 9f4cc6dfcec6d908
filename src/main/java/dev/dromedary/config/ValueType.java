package dev.dromedary.config;

import java.util.function.Function;

/**
 * How the text of a key becomes a value.
 *
 * @param form   how a value is written: "write {form}" is the advice given when it is not, and the reference's second column
 * @param reader throws {@link BadValue}
 */
record ValueType<T>(String form, Function<String, T> reader) {

    static <T> ValueType<T> of(String form, Function<String, T> reader) {
        return new ValueType<>(form, reader);
    }

    T read(String text) {
        return reader.apply(text);
    }
}
