package dev.dromedary.camel;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import org.apache.camel.Exchange;

/** The call that hands out docs/openapi.yaml, which the build puts beside the classes. */
public final class OpenApiCall {
    static final String RESOURCE = "/dev/dromedary/openapi.yaml";
    private final ApiCall call;
    private final byte[] document;

    OpenApiCall(ApiCall call) {
        this.call = call;
        try (InputStream in = Objects.requireNonNull(OpenApiCall.class.getResourceAsStream(RESOURCE), RESOURCE)) {
            document = in.readAllBytes();
        } catch (IOException e) {
            throw new IllegalStateException(RESOURCE + " is part of the program", e);
        }
    }

    public void document(Exchange exchange) {
        call.open(exchange);
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 200);
        // RFC 9512.
        exchange.getMessage().setHeader("Content-Type", "application/yaml");
        exchange.getMessage().setBody(document.clone());
    }
}
