package dev.dromedary.rehearsal;

import java.util.Arrays;

/** What is due when: a binary heap on arrays, as there may be millions. Things due at the same time come in the order in which they were added. */
final class Agenda {
    private long[] times = new long[1024];
    private long[] orders = new long[1024];
    private Runnable[] tasks = new Runnable[1024];
    private int size;
    private long order;

    void add(long nanos, Runnable task) {
        if (size == times.length) {
            times = Arrays.copyOf(times, size * 2);
            orders = Arrays.copyOf(orders, size * 2);
            tasks = Arrays.copyOf(tasks, size * 2);
        }
        int i = size++;
        long mine = order++;
        while (i > 0) {
            int parent = (i - 1) >>> 1;
            if (!before(nanos, mine, parent)) {
                break;
            }
            move(parent, i);
            i = parent;
        }
        put(i, nanos, mine, task);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** When the next is due. */
    long next() {
        return times[0];
    }

    Runnable poll() {
        Runnable first = tasks[0];
        size--;
        long nanos = times[size];
        long mine = orders[size];
        Runnable last = tasks[size];
        tasks[size] = null;
        if (size > 0) {
            sink(nanos, mine, last);
        }
        return first;
    }

    private void sink(long nanos, long mine, Runnable task) {
        int i = 0;
        while (true) {
            int child = 2 * i + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && before(times[child + 1], orders[child + 1], child)) {
                child++;
            }
            if (before(nanos, mine, child)) {
                break;
            }
            move(child, i);
            i = child;
        }
        put(i, nanos, mine, task);
    }

    private boolean before(long nanos, long mine, int other) {
        return nanos < times[other] || nanos == times[other] && mine < orders[other];
    }

    private void move(int from, int to) {
        put(to, times[from], orders[from], tasks[from]);
    }

    private void put(int at, long nanos, long mine, Runnable task) {
        times[at] = nanos;
        orders[at] = mine;
        tasks[at] = task;
    }
}
