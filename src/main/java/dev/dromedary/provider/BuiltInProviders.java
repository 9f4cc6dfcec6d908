package dev.dromedary.provider;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.dromedary.config.DromedaryConfig;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mailbox providers that come with the program, in {@code providers.yaml}. */
public final class BuiltInProviders {
    private static final String RESOURCE = "providers.yaml";
    /** Conversations at a time over all pools, where the file says nothing. */
    static final int DEFAULT_CONSUMERS = 20;

    private BuiltInProviders() {
    }

    /** By id, in the order of the file, {@link ProviderDirectory#OTHER} last. None has a rate: no provider publishes one. */
    public static Map<String, DromedaryConfig.Provider> load() {
        var providers = new LinkedHashMap<String, DromedaryConfig.Provider>();
        try (InputStream in = BuiltInProviders.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("[RESOURCE_MISSING] " + RESOURCE + ": not on the class path; build the program anew");
            }
            new YAMLMapper().readValue(in, new TypeReference<Map<String, Sheet>>() { }).forEach((id, sheet) -> providers.put(id, sheet.provider(id)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return Collections.unmodifiableMap(providers);
    }

    private record Sheet(
            @Nullable List<String> patterns, @Nullable List<String> mx, @Nullable Integer consumers, @Nullable Integer maxConnections,
            @Nullable Integer messagesPerConnection) {
        DromedaryConfig.Provider provider(String id) {
            return new DromedaryConfig.Provider(
                    id, patterns == null ? List.of() : List.copyOf(patterns), mx == null ? List.of() : List.copyOf(mx), null,
                    consumers == null ? DEFAULT_CONSUMERS : consumers, maxConnections, messagesPerConnection);
        }
    }
}
