package dev.dromedary.alert;

import java.util.Locale;

/** What a rule tells apart. */
public enum By {
    /** Nothing: one value for all mail of all nodes. Its subject is empty. */
    ALL,
    PROVIDER,
    POOL,
    /** One pool towards one provider. Its subject is {@code pool/provider}. */
    POOL_PROVIDER,
    STREAM,
    /** The way in. */
    WAY,
    QUEUE,
    NODE;

    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
