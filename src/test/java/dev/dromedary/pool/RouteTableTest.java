package dev.dromedary.pool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.DromedaryConfig.DeliveryRoute;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RouteTableTest {
    @Test
    void theMostSpecificPatternWinsWhateverThePriority() {
        var table = table(route("all", "*", 900, 1), route("edu", "*.edu", 50, 1), route("mit", "mit.edu", 1, 1));
        assertThat(chosen(table, "mit.edu")).isEqualTo("mit");
        assertThat(chosen(table, "cs.mit.edu")).isEqualTo("edu");
        assertThat(chosen(table, "notedu")).isEqualTo("all");
    }

    @Test
    void priorityDecidesAmongEquals() {
        assertThat(chosen(table(route("low", "*", 1, 1), route("high", "*", 2, 1)), "a.example")).isEqualTo("high");
    }

    @Test
    void aProviderIsMoreSpecificThanAWildcardAndLessThanADomain() {
        var table = table(route("all", "*", 1, 1), route("google", "provider:google", 1, 1), route("one", "gmail.com", 1, 1));
        assertThat(table.routeFor("gmail.com", "google", "s", "").orElseThrow().id()).isEqualTo("one");
        assertThat(table.routeFor("workspace.example", "google", "s", "").orElseThrow().id()).isEqualTo("google");
    }

    @Test
    void streamAndSenderDomainNarrowARoute() {
        var narrow = new DeliveryRoute("narrow", List.of("*"), Set.of("marketing"), List.of("*.shop.example"), List.of("p"), 1, 1, null);
        var table = table(route("all", "*", 900, 1), narrow);
        assertThat(table.routeFor("a.example", "other", "marketing", "news.shop.example").orElseThrow().id()).isEqualTo("narrow");
        assertThat(table.routeFor("a.example", "other", "marketing", "shop.example").orElseThrow().id()).isEqualTo("all");
        assertThat(table.routeFor("a.example", "other", "receipts", "news.shop.example").orElseThrow().id()).isEqualTo("all");
    }

    @Test
    void equalRoutesShareTrafficByWeight() {
        var table = table(route("a", "*", 1, 3), route("b", "*", 1, 1));
        long a = java.util.stream.IntStream.range(0, 4_000).filter(i -> chosen(table, "x.example").equals("a")).count();
        assertThat(a).isBetween(2_850L, 3_150L);
    }

    @Test
    void noRouteIsFoundWhereNoneMatches() {
        assertThat(table(route("edu", "*.edu", 1, 1)).routeFor("a.example", "other", "s", "")).isEmpty();
    }

    @Test
    void aMessageGoesByTheRouteOrPoolThatItNamesWhereThatExists() {
        RouteTable table = table(route("all", "*", 0, 1), route("special", "special.example", 0, 1));
        assertThat(table.routeFor(envelope("special"))).get().extracting(DeliveryRoute::id).isEqualTo("special");
        assertThat(table.routeFor(envelope("pool:p"))).get().satisfies(route -> {
            assertThat(route.pools()).containsExactly("p");
            assertThat(route.rate()).isNull();
        });
        assertThat(table.routeFor(envelope("gone"))).get().extracting(DeliveryRoute::id).isEqualTo("all");
        assertThat(table.routeFor(envelope(null))).get().extracting(DeliveryRoute::id).isEqualTo("all");
        assertThat(table.knows("pool:none")).isFalse();
    }

    private static Envelope envelope(@Nullable String route) {
        return new Envelope("m", "m", null, new EmailAddress("a", "x.example"), "other", "default", null, List.of(), 100, 3, Instant.EPOCH, 1, 1).withRoute(route);
    }

    private static String chosen(RouteTable table, String domain) {
        return table.routeFor(domain, "other", "default", "").orElseThrow().id();
    }

    private static RouteTable table(DeliveryRoute... routes) {
        return new RouteTable(List.of(routes), new Random(3));
    }

    private static DeliveryRoute route(String id, String pattern, int priority, int weight) {
        return new DeliveryRoute(id, List.of(pattern), Set.of(), List.of(), List.of("p"), priority, weight, null);
    }
}
