package dev.dromedary.store;

import java.util.function.Predicate;
import org.apache.activemq.artemis.api.core.ActiveMQException;
import org.apache.activemq.artemis.api.core.ActiveMQExceptionType;
import org.apache.activemq.artemis.api.core.Message;
import org.apache.activemq.artemis.core.server.ServerSession;
import org.apache.activemq.artemis.core.server.plugin.ActiveMQServerMessagePlugin;
import org.apache.activemq.artemis.core.transaction.Transaction;

/** Makes a running broker refuse what is sent to some queues, until closed. */
public final class BrokerFault implements AutoCloseable, ActiveMQServerMessagePlugin {
    private final EmbeddedBroker broker;
    private final Predicate<String> refused;
    private volatile int refusals;

    private BrokerFault(EmbeddedBroker broker, Predicate<String> refused) {
        this.broker = broker;
        this.refused = refused;
    }

    public static BrokerFault refusing(EmbeddedBroker broker, Predicate<String> queues) {
        BrokerFault fault = new BrokerFault(broker, queues);
        broker.server().registerBrokerPlugin(fault);
        return fault;
    }

    @Override
    public synchronized void beforeSend(ServerSession session, Transaction tx, Message message, boolean direct, boolean noAutoCreateQueue) throws ActiveMQException {
        if (refused.test(String.valueOf(message.getAddress()))) {
            refusals++;
            var refusal = new ActiveMQException("[TEST] refused", ActiveMQExceptionType.ADDRESS_FULL);
            if (tx != null) {
                // As the broker does itself wherever it refuses: a send within a transaction is not answered, so only the commit can tell.
                tx.markAsRollbackOnly(refusal);
            }
            throw refusal;
        }
    }

    public int refusals() {
        return refusals;
    }

    @Override
    public void close() {
        broker.server().unRegisterBrokerPlugin(this);
    }
}
