package dev.dromedary.pace;

/** Monotonic time in nanoseconds from an arbitrary origin: {@code System::nanoTime} in production, a virtual clock elsewhere. */
@FunctionalInterface
public interface Ticker {
    long nanos();
}
