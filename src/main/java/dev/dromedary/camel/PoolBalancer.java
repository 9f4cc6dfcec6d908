package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig.DeliveryRoute;
import dev.dromedary.isolation.ContentBook;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.Category;
import dev.dromedary.outcome.Classification;
import dev.dromedary.outcome.Failover;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.pool.Choice;
import dev.dromedary.pool.Permit;
import dev.dromedary.pool.RouteTable;
import dev.dromedary.reaction.ReactionBook;
import dev.dromedary.reputation.Evidence;
import dev.dromedary.reputation.Learner;
import dev.dromedary.reputation.Signal;
import dev.dromedary.smtp.SmtpDeliveryException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProcessor;
import org.apache.camel.Exchange;
import org.apache.camel.processor.loadbalancer.LoadBalancerSupport;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.PluginHelper;
import org.jspecify.annotations.Nullable;

/**
 * The Load Balancer EIP's strategy: asks the pool board for a pool with room, hands the message to that pool's route, and on a
 * refusal that another pool may not share asks again.
 *
 * <p>It has to stand in a route with no error handler: a dead-letter channel around its children would swallow the failure that
 * it has to see (CAMEL-24749).
 */
final class PoolBalancer extends LoadBalancerSupport {
    /** Where every pool is down and none says when it may be tried. */
    private static final Duration UNREACHABLE_WAIT = Duration.ofSeconds(30);

    private final RouteTable routes;
    private final RoomWait room;
    private final HoldGate holds;
    private final ReplyClassifier classifier;
    private final Learner learner;
    private final ContentBook content;
    private final ReactionBook reactions;
    private final Withholding withholding;
    private final List<String> poolIds;
    private final SentMemory sent;
    private final Map<String, AsyncProcessor> children = new HashMap<>();

    /**
     * @param reactions told of every refusal
     * @param learner   told of every attempt that got as far as a message
     * @param poolIds   in the order in which the pools' routes are added to the balancer
     */
    PoolBalancer(RouteTable routes, RoomWait room, HoldGate holds, ReplyClassifier classifier, ReactionBook reactions, Learner learner, ContentBook content,
            Withholding withholding,
            List<String> poolIds, SentMemory sent) {
        this.routes = routes;
        this.room = room;
        this.holds = holds;
        this.classifier = classifier;
        this.reactions = reactions;
        this.learner = learner;
        this.content = content;
        this.withholding = withholding;
        this.poolIds = poolIds;
        this.sent = sent;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        AsyncProcessor[] processors = doGetProcessors();
        for (int i = 0; i < poolIds.size(); i++) {
            children.put(poolIds.get(i), processors[i]);
        }
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            balance(exchange, Attempt.of(exchange));
        } catch (SmtpDeliveryException e) {
            if (!sent.takesForDelivered(Attempt.of(exchange), e)) {
                exchange.setException(e);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            exchange.setException(e);
        } catch (Exception e) {
            exchange.setException(e);
        }
        callback.done(true);
        return true;
    }

    private void balance(Exchange exchange, Attempt attempt) throws Exception {
        if (sent.recall(exchange, attempt)) {
            return;
        }
        withholding.check(attempt.envelope());
        Attempt.Turn turn = attempt.turn();
        if (turn == null) {
            throw new IllegalStateException(attempt.envelope().id() + " was to be sent without its turn");
        }
        int refusals = 0;
        Permit permit = turn.permit();
        while (true) {
            SmtpDeliveryException refusal = offer(exchange, attempt, permit);
            if (refusal == null) {
                return;
            }
            if (!Failover.mayTryAnother(refusal.phase(), refusal.inDoubt(), categoryOf(refusal, attempt), refusals)) {
                throw refusal;
            }
            refusals += refusal.phase().beforeTransaction() ? 0 : 1;
            if (!(room.choose(attempt.asks(turn.route()), attempt.envelope().avoid()) instanceof Choice.Taken taken)) {
                throw refusal;
            }
            permit = taken.permit();
        }
    }

    /**
     * Waits for the message's turn and takes room for its first offer. What was delivered before needs none.
     *
     * @throws NoRoomException where there is none
     */
    void takeTurn(Attempt attempt) throws Exception {
        if (sent.knows(attempt.envelope())) {
            return;
        }
        DeliveryRoute route = routes.routeFor(attempt.envelope()).orElseThrow(() -> new NoRoomException(
                "no delivery route matches " + attempt.envelope().to().domain() + " with stream " + attempt.envelope().stream(), UNREACHABLE_WAIT, true));
        Choice choice = room.choose(attempt.asks(route), attempt.envelope().avoid());
        if (!(choice instanceof Choice.Taken taken)) {
            throw noPool(choice);
        }
        attempt.turn(new Attempt.Turn(route, taken.permit()));
    }

    /** @return what the pool refused with, or null where it delivered; then the exchange holds the result */
    private @Nullable SmtpDeliveryException offer(Exchange exchange, Attempt attempt, Permit permit) throws Exception {
        Exchange copy = ExchangeHelper.createCopy(exchange, true);
        long start = System.nanoTime();
        try {
            holds.pass(attempt.envelope());
            PluginHelper.getAsyncProcessorAwaitManager(exchange.getContext()).process(children.get(permit.pool()), copy);
            long took = System.nanoTime() - start;
            Exception failure = copy.getException();
            if (failure == null) {
                permit.delivered(Duration.ofNanos(took));
                learn(permit.pool(), attempt, Signal.ACCEPTED, took);
                attempt.tried(permit.pool(), null, took);
                ExchangeHelper.copyResults(exchange, copy);
                return null;
            }
            SmtpDeliveryException refusal = asRefusal(failure);
            attempt.tried(permit.pool(), refusal.reply(), took);
            Classification meaning = heard(permit.pool(), refusal, attempt);
            end(permit, refusal, meaning, Duration.ofNanos(took));
            if (!refusal.phase().beforeTransaction()) {
                learn(permit.pool(), attempt, meaning == null ? Signal.NEUTRAL : Signal.of(meaning), took);
            }
            return refusal;
        } finally {
            permit.nothingSent();
        }
    }

    private static void end(Permit permit, SmtpDeliveryException refusal, @Nullable Classification meaning, Duration took) {
        if (refusal.phase().beforeTransaction()) {
            permit.unreachable(refusal.getMessage());
        } else {
            permit.refused(took, meaning == null || meaning.category() == Category.DEFER_OTHER_POOL);
        }
    }

    private void learn(String pool, Attempt attempt, Signal signal, long tookNanos) {
        Envelope envelope = attempt.envelope();
        String senderDomain = envelope.from() == null ? null : envelope.from().domain();
        learner.learn(new Evidence(pool, envelope.provider(), senderDomain, envelope.stream(), envelope.campaign(), signal, Duration.ofNanos(tookNanos)));
        content.attempted(envelope.provider(), attempt.mime(), signal);
    }

    /** What the reply means, which the reactions are told before another message can take this one's place. */
    private @Nullable Classification heard(String pool, SmtpDeliveryException refusal, Attempt attempt) {
        SmtpReply reply = refusal.reply();
        if (reply == null) {
            return null;
        }
        String provider = attempt.envelope().provider();
        Classification meaning = classifier.classify(reply, provider);
        reactions.refused(pool, provider, reply, meaning);
        if (meaning.category() == Category.DEFER_OTHER_POOL) {
            learner.heard(pool, provider, reply.text());
        }
        return meaning;
    }

    private @Nullable Category categoryOf(SmtpDeliveryException refusal, Attempt attempt) {
        SmtpReply reply = refusal.reply();
        return reply == null ? null : classifier.classify(reply, attempt.envelope().provider()).category();
    }

    private static SmtpDeliveryException asRefusal(Exception failure) throws Exception {
        if (failure instanceof SmtpDeliveryException refusal) {
            return refusal;
        }
        throw failure;
    }

    private static Exception noPool(Choice choice) {
        return choice instanceof Choice.Halted halted && halted.bounces() ? new GivenUpException(halted.why()) : noRoom(choice);
    }

    private static NoRoomException noRoom(Choice choice) {
        if (choice instanceof Choice.Halted halted) {
            return new NoRoomException(halted.why(), halted.untilOpen(), false);
        }
        if (choice instanceof Choice.Full full) {
            return new NoRoomException(full.binding(), full.untilRoom(), false);
        }
        if (choice instanceof Choice.Unreachable unreachable) {
            return new NoRoomException(unreachable.why(), unreachable.untilTrial(), true);
        }
        if (choice instanceof Choice.Held held) {
            return NoRoomException.held(held.why(), held.untilEnd(), held.key());
        }
        return new NoRoomException("every pool of the delivery route was tried", UNREACHABLE_WAIT, true);
    }
}
