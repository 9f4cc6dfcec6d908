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
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes everything sent to the broker inside it one commit: all of a submission is enqueued, or none of it.
 *
 * <p>Where the exchange comes from a transacted JMS consumer, its session is joined, so that taking the submission off its queue
 * and putting its messages on their lanes is one commit too. Camel's {@code .transacted()} is not used: it would replace the
 * error handler.
 *
 * <p>What the broker turns down for its id fails at the commit, and a joined commit is the consumer's, after the route. So a submission
 * that comes a second time is enqueued in a commit {@link #apart} from the consumer's, whose failure the route can see.
 */
final class OneCommit implements Policy {
    private static final String APART = "commitApart";
    private final TransactionTemplate joined;
    private final TransactionTemplate apart;

    OneCommit(JmsTransactionManager transactionManager) {
        this.joined = new TransactionTemplate(transactionManager);
        this.apart = new TransactionTemplate(transactionManager);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /** Makes the exchange not join its consumer's commit; only where its ids keep a second enqueue from adding anything. */
    static void apart(Exchange exchange) {
        exchange.setProperty(APART, true);
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
                TransactionTemplate transaction = exchange.getProperty(APART, false, boolean.class) ? apart : joined;
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
