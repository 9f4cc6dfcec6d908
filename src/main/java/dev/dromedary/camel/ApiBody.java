package dev.dromedary.camel;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import org.apache.camel.Exchange;

/** The body of a call whose route leaves it to be read ({@code useBodyHandler: false}). */
final class ApiBody {
    /** For one object of plain fields. */
    private static final int SMALL = 64 << 10;

    private ApiBody() {
    }

    /** To be called before anything that may refuse: what is left of a refused body is then let by. */
    static RequestStream of(Exchange exchange) {
        var body = new RequestStream(exchange.getMessage().getBody(HttpServerRequest.class));
        exchange.setProperty(HttpApi.BODY, body);
        return body;
    }

    /** @throws RefusedException where it is longer than 64 KiB */
    static byte[] small(RequestStream body) throws IOException {
        return whole(body, SMALL);
    }

    static byte[] whole(RequestStream body, int limit) throws IOException {
        byte[] bytes = body.readNBytes(limit + 1);
        if (bytes.length > limit) {
            throw new RefusedException(RefusalCode.BODY_TOO_LARGE, "request", "more than " + limit + " bytes", "send less");
        }
        return bytes;
    }
}
