package dev.dromedary.store;

import java.util.List;

/** Where a drained batch goes. It has committed when it returns, and bears to be given the same rows again. */
@FunctionalInterface
public interface BatchSink<T> {
    void write(List<T> rows) throws Exception;
}
