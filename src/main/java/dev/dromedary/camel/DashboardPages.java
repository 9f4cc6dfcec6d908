package dev.dromedary.camel;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * The dashboard's page, style sheets and scripts. They hold no data, so that they are handed out without a key: all data comes from the API, which asks for it.
 * Only the files named here are served.
 */
public final class DashboardPages {
    static final String FOLDER = "/dashboard/";
    static final String PAGE = "index.html";
    static final List<String> FILES = List.of(
            PAGE, "actions.js", "api.js", "app.js", "base.css", "chart.js", "dom.js", "format.js", "holds.js", "icon.svg", "live.js", "parts.css",
            "parts.js", "series.js", "theme.js", "view-alerts.js", "view-audit.js", "view-capacity.js", "view-config.js", "view-dead.js",
            "view-deferred.js", "view-lanes.js", "view-matrix.js", "view-messages.js", "view-overview.js", "view-pools.js",
            "view-suppressions.js", "view-warm-ups.js", "views.js");
    /** Everything is forbidden that the page does not need: it runs its own scripts only, asks this server only, and is shown in no other page. */
    static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "css", "text/css; charset=utf-8", "js", "text/javascript; charset=utf-8", "svg", "image/svg+xml");

    private final ApiGate gate;
    private final Map<String, Page> pages = new HashMap<>();

    private record Page(byte[] bytes, String type, String tag) {
    }

    DashboardPages(ApiGate gate) {
        this.gate = gate;
        FILES.forEach(name -> pages.put(name, read(name)));
    }

    public void page(Exchange exchange) {
        answer(exchange, PAGE);
    }

    public void file(Exchange exchange) {
        String name = exchange.getMessage().getHeader("file", String.class);
        answer(exchange, name == null ? "" : name);
    }

    private void answer(Exchange exchange, String name) {
        Message message = exchange.getMessage();
        var caller = ApiCall.caller(message);
        String known = message.getHeader("If-None-Match", String.class);
        message.removeHeaders("*");
        message.setBody(null);
        gate.checkPage(caller);
        Page page = pages.get(name);
        if (page == null) {
            throw new RefusedException(RefusalCode.NOT_FOUND, "file", name, "the dashboard is at /");
        }
        // Asked for again each time, and mostly answered with 304: what is shown always fits the program that runs.
        message.setHeader("Cache-Control", "no-cache");
        message.setHeader("ETag", page.tag());
        message.setHeader("Content-Security-Policy", POLICY);
        message.setHeader("X-Content-Type-Options", "nosniff");
        message.setHeader("Referrer-Policy", "no-referrer");
        message.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        message.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (known != null && List.of(known.split("\\s*,\\s*")).contains(page.tag())) {
            message.setHeader(Exchange.HTTP_RESPONSE_CODE, 304);
            return;
        }
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        message.setHeader("Content-Type", page.type());
        message.setBody(page.bytes().clone());
    }

    private static Page read(String name) {
        try (InputStream in = DashboardPages.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException(FOLDER + name + " is part of the program");
            }
            byte[] bytes = in.readAllBytes();
            return new Page(bytes, TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream"), tag(bytes));
        } catch (IOException e) {
            throw new IllegalStateException(FOLDER + name + " is part of the program", e);
        }
    }

    private static String tag(byte[] bytes) {
        try {
            return '"' + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)).substring(0, 24) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
