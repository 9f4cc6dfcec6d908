package dev.dromedary.config;

import java.util.function.Function;

/**
 * How the text of a key becomes a value and back.
 *
 * @param form    how a value is written: "write {form}" is the advice given when it is not, and the reference's third column
 * @param reader  throws {@link BadValue}
 * @param printer gives a text that the reader takes
 */
record ValueType<T>(String form, Function<String, T> reader, Function<Object, String> printer) {

    static <T> ValueType<T> of(String form, Function<String, T> reader) {
        return new ValueType<>(form, reader, String::valueOf);
    }

    static <T> ValueType<T> of(String form, Function<String, T> reader, Class<T> type, Function<T, String> printer) {
        return new ValueType<>(form, reader, value -> printer.apply(type.cast(value)));
    }

    T read(String text) {
        return reader.apply(text);
    }

    String print(Object value) {
        return printer.apply(value);
    }
}
