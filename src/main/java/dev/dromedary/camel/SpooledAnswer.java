package dev.dromedary.camel;

import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.component.platform.http.vertx.HttpMessage;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;
import org.apache.camel.support.UnitOfWorkHelper;
import org.apache.commons.io.output.DeferredFileOutputStream;

/**
 * An answer of any length, made before it is sent, on disk where it is long: one that waits for its request would hold up all others, as
 * Camel writes one stream at a time. The file is gone when the exchange is.
 */
final class SpooledAnswer {
    private static final int IN_MEMORY = 1 << 20;

    private final Exchange exchange;
    private final DeferredFileOutputStream written;

    SpooledAnswer(Exchange exchange, Path spool) throws IOException {
        this.exchange = exchange;
        this.written = DeferredFileOutputStream.builder().setThreshold(IN_MEMORY).setDirectory(spool.toFile()).setPrefix("results-").get();
        exchange.getExchangeExtension().addOnCompletion(new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange done) {
                if (written.getFile() != null) {
                    closeQuietly();
                    written.getFile().delete();
                }
            }
        });
    }

    private void closeQuietly() {
        try {
            written.close();
        } catch (IOException e) {
            // It is deleted in any case.
        }
    }

    void line(byte[] line) throws IOException {
        written.write(line);
        written.write('\n');
    }

    /** Ends it. @return bytes, or a stream where they are many */
    Object body() throws IOException {
        written.close();
        if (written.isInMemory()) {
            return written.getData();
        }
        endWithConnection();
        return written.toInputStream();
    }

    /** A client that leaves in the middle of a streamed answer is not noticed by Camel, and the exchange would be waited for at a stop. */
    private void endWithConnection() {
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
