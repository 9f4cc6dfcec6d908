package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import java.nio.file.Path;
import org.apache.camel.main.Main;

/** Tells Camel Main what dromedary.yaml says: it overrides application.properties, so that neither address nor port has two homes. */
final class MainSettings {
    private final Main main;

    private MainSettings(Main main) {
        this.main = main;
    }

    static void apply(Main main, DromedaryConfig config, Path home) {
        main.setDefaultPropertyPlaceholderLocation("false");
        main.setPropertyPlaceholderLocations("file:" + home.resolve("config/application.properties"));
        main.configure().withRoutesIncludePattern("file:" + home.resolve("routes") + "/*.camel.yaml");
        var settings = new MainSettings(main);
        settings.http(config.http());
        settings.management(config.management());
        settings.meters();
        settings.set("dromedary.health.interval", config.health().interval().toMillis());
        settings.set("dromedary.inbox.enabled", config.inbox().enabled());
        settings.set("dromedary.inbox.directory", config.inbox().directory().toAbsolutePath());
        settings.set("dromedary.inbox.poll", config.inbox().poll().toMillis());
    }

    private void http(DromedaryConfig.Http http) {
        set("camel.server.enabled", true);
        set("camel.server.host", http.bind());
        set("camel.server.port", http.port());
        // Sign-in on another path than / could be gone round (CVE-2026-40022).
        set("camel.server.path", "/");
        // Would serve every file below the working directory.
        set("camel.server.staticEnabled", false);
        set("camel.server.fileUploadEnabled", false);
        set("camel.server.maxBodySize", http.maxBody());
    }

    private void management(DromedaryConfig.Management management) {
        set("camel.management.enabled", true);
        set("camel.management.host", management.bind());
        set("camel.management.port", management.port());
        set("camel.management.healthCheckEnabled", true);
        set("camel.management.metricsEnabled", true);
    }

    /** Camel's own meters count a deferred exchange as handled, and took a tenth of the CPU of a message; all that listens to Camel's events a twentieth. */
    private void meters() {
        set("camel.metrics.enabled", true);
        set("camel.metrics.enableExchangeEventNotifier", false);
        set("camel.metrics.enableRouteEventNotifier", false);
        set("camel.main.autoConfigurationLogSummary", false);
        set("camel.metrics.enableRoutePolicy", false);
        set("camel.metrics.enableMessageHistory", false);
    }

    private void set(String key, Object value) {
        main.addOverrideProperty(key, value.toString());
    }
}
