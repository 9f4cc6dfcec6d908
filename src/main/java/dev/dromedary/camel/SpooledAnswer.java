package dev.dromedary.camel;

import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.commons.io.output.DeferredFileOutputStream;

/**
 * An answer that may be long: it is made whole before it is sent, and goes to disk until then where it is more than a megabyte. An answer
 * that waits for its source would hold up all others, as Camel writes one stream at a time.
 */
final class SpooledAnswer {
    private static final int IN_MEMORY = 1 << 20;

    private SpooledAnswer() {
    }

    /** What writes the answer. */
    interface Content<E extends Exception> {
        void writeTo(OutputStream out) throws IOException, E;
    }

    /**
     * @param spool folder for long answers until they are sent; must exist
     * @return bytes, or a stream where they are many
     */
    static <E extends Exception> Object of(Exchange exchange, Path spool, Content<E> content) throws IOException, E {
        var results = DeferredFileOutputStream.builder().setThreshold(IN_MEMORY).setDirectory(spool.toFile()).setPrefix("results-").get();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                if (results.getFile() != null) {
                    results.getFile().delete();
                }
            }
        });
        try (results) {
            content.writeTo(results);
        }
        if (results.isInMemory()) {
            return results.getData();
        }
        endWithConnection(exchange);
        return results.toInputStream();
    }

    /** A client that leaves in the middle of a streamed answer is not noticed by Camel, and the exchange would be waited for at a stop. */
    private static void endWithConnection(Exchange exchange) {
        HttpServerResponse response = exchange.getMessage(HttpMessage.class).getResponse();
        UnitOfWork work = exchange.getUnitOfWork();
        var once = new AtomicBoolean();
        Runnable end = () -> {
            if (!response.ended() && once.compareAndSet(false, true)) {
                UnitOfWorkHelper.doneUow(work, exchange);
            }
        };
        response.closeHandler(gone -> end.run());
        if (response.closed()) {
            end.run();
        }
    }
}
