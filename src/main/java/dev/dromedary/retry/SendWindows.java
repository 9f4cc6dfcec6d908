package dev.dromedary.retry;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.SendWindow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** When mail of a stream may be sent. Immutable. */
public final class SendWindows {
    private final Map<String, List<SendWindow>> windows;

    public SendWindows(Map<String, DromedaryConfig.Stream> streams) {
        this.windows = streams.entrySet().stream().filter(stream -> !stream.getValue().sendWindows().isEmpty())
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, stream -> stream.getValue().sendWindows()));
    }

    /** The first instant from this one on at which mail of the stream may be sent: this one itself where a window is open or the stream has none. */
    public Instant opening(String stream, Instant at) {
        List<SendWindow> ofStream = windows.get(stream);
        if (ofStream == null) {
            return at;
        }
        return ofStream.stream().map(window -> window.opening(at)).min(Instant::compareTo).orElse(at);
    }
}
