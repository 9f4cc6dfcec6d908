package dev.dromedary.store;

import java.util.Map;

/** Reads one message of a drained queue. */
@FunctionalInterface
public interface RowDecoder<T> {

    /**
     * @param properties those of ours only, see {@link MessageCodec#PREFIX}
     * @throws RuntimeException for a message that cannot be read: it then goes to {@link Queues#UNREADABLE} with the text as its reason
     */
    T decode(Map<String, Object> properties, byte[] body);
}
