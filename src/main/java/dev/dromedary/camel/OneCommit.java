package dev.dromedary.camel;

import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.NamedNode;
import org.apache.camel.Processor;
import org.apache.camel.Route;
import org.apache.camel.spi.Policy;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.processor.DelegateAsyncProcessor;
import org.springframework.jms.connection.JmsTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes everything sent to the broker inside it one commit: all of a submission is enqueued, or none of it.
 *
 * <p>Where the exchange comes from a transacted JMS consumer, its session is joined, so that taking the submission off its queue
 * and putting its messages on their lanes is one commit too. Camel's {@code .transacted()} is not used: it would replace the
 * error handler.
 */
final class OneCommit implements Policy {
    private final TransactionTemplate transaction;

    OneCommit(JmsTransactionManager transactionManager) {
        this.transaction = new TransactionTemplate(transactionManager);
    }

    @Override
    public void beforeWrap(Route route, NamedNode definition) {
        // nothing to change in the definition
    }

    @Override
    public Processor wrap(Route route, Processor processor) {
        return new InOneCommit(processor);
    }

    private final class InOneCommit extends DelegateAsyncProcessor {
        InOneCommit(Processor inner) {
            super(inner);
        }

        @Override
        public boolean process(Exchange exchange, AsyncCallback callback) {
            try {
                transaction.executeWithoutResult(status -> {
                    runOnThisThread(exchange);
                    if (exchange.getException() != null) {
                        status.setRollbackOnly();
                    }
                });
            } catch (RuntimeException e) {
                exchange.setException(e);
            }
            callback.done(true);
            return true;
        }

        private void runOnThisThread(Exchange exchange) {
            AsyncProcessor inner = getProcessor();
            PluginHelper.getAsyncProcessorAwaitManager(exchange.getContext()).process(inner, exchange);
        }
    }
}
