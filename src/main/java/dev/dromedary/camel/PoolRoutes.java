package dev.dromedary.camel;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.message.Envelope;
import dev.dromedary.outcome.SmtpReply;
import dev.dromedary.pace.Ceilings;
import dev.dromedary.smtp.WireMessage;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.LoadBalanceDefinition;

/**
 * The routes that the configuration multiplies: one to each pool, and the balancer over all of them. None has an error handler, so
 * that the balancer sees a refusal; the lane's route owns what happens then.
 */
public final class PoolRoutes extends RouteBuilder {
    static final String REPLY = "dromedaryReply";

    private final DromedaryConfig config;
    private final PoolBalancer balancer;
    private final LaneStep lane;
    private final Ceilings ceilings;
    private final SentMemory sent;

    PoolRoutes(DromedaryConfig config, PoolBalancer balancer, LaneStep lane, Ceilings ceilings, SentMemory sent) {
        this.config = config;
        this.balancer = balancer;
        this.lane = lane;
        this.ceilings = ceilings;
        this.sent = sent;
    }

    @Override
    public void configure() {
        LoadBalanceDefinition balance = from("direct:balance").routeId("balance")
                .description("Offers the message to a pool with room, and to another where the first may not have heard of it.")
                .errorHandler(noErrorHandler())
                .loadBalance(balancer);
        config.pools().keySet().forEach(id -> balance.to("direct:pool-" + id));
        config.pools().values().forEach(this::poolRoute);
    }

    private void poolRoute(DromedaryConfig.Pool pool) {
        from("direct:pool-" + pool.id()).routeId("pool-" + pool.id())
                .description("Sends over SMTP to pool " + pool.id() + ".")
                .errorHandler(noErrorHandler())
                .removeHeaders("*")
                .process(exchange -> toWire(exchange, pool.id()))
                .toF("smtp://%s:%d?javaMailSender=#sender-%s", bracketed(pool.host()), pool.port(), pool.id())
                .process(PoolRoutes::keepReply);
    }

    private void toWire(Exchange exchange, String pool) {
        Attempt attempt = Attempt.of(exchange);
        var envelope = attempt.envelope();
        exchange.getMessage().setBody(new WireMessage(envelope.from(), envelope.to(), attempt.mime(), messagesPerConnection(pool, envelope),
                sent.watch(envelope, pool)));
    }

    /** 0 where the pool's own number holds. */
    private int messagesPerConnection(String pool, Envelope envelope) {
        int usual = lane.messagesPerConnection(envelope);
        int most = ceilings.of(pool, envelope.provider()).messages();
        return most == Integer.MAX_VALUE ? usual : usual == 0 ? most : Math.min(usual, most);
    }

    private static void keepReply(Exchange exchange) {
        exchange.getMessage().setHeader(REPLY, exchange.getMessage().getBody(WireMessage.class).reply());
    }

    /** What the pool's server answered to the message of this exchange. */
    static SmtpReply replyOf(Exchange exchange) {
        SmtpReply reply = exchange.getMessage().getHeader(REPLY, SmtpReply.class);
        if (reply == null) {
            throw new IllegalStateException("exchange " + exchange.getExchangeId() + " was delivered without a reply: the pool's sender must leave one");
        }
        return reply;
    }

    private static String bracketed(String host) {
        return host.contains(":") ? "[" + host + "]" : host;
    }
}
