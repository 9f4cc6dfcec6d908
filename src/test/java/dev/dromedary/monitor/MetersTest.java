package dev.dromedary.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.event.EventKind;
import dev.dromedary.history.Tallies;
import dev.dromedary.ingress.Way;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.Envelope;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What Prometheus is shown of messages. */
class MetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry, new Tallies(), List.of("google"), List.of("mta-1"));

    private static Envelope message(String provider, String stream, int priority) {
        return new Envelope("m", "m", null, EmailAddress.parse("ann@example.com"), provider, stream, null, List.of(), priority, 3, Instant.EPOCH, 1, 1);
    }

    @Test
    void aMessageIsCountedByWayInLaneProviderPoolRouteAndStream() {
        Envelope newsletter = message("google", "news", 200);
        meters.accepted(Way.SMTP, List.of(newsletter));
        meters.attempted(newsletter, "mta-1", "bulk-route", EventKind.DEFERRED, 12, Duration.ofSeconds(3));

        assertThat(registry.scrape()).contains("dromedary_accepted_total{way=\"smtp\"} 1.0", "dromedary_accepted_total{way=\"http\"} 0.0",
                "dromedary_lane_accepted_total{lane=\"mail.lane.google.bulk\"} 1.0", "dromedary_stream_accepted_total{stream=\"news\"} 1.0",
                "dromedary_outcomes_total{outcome=\"deferred\",pool=\"mta-1\",provider=\"google\"} 1.0",
                "dromedary_lane_outcomes_total{lane=\"mail.lane.google.bulk\",outcome=\"deferred\"} 1.0",
                "dromedary_route_outcomes_total{outcome=\"deferred\",route=\"bulk-route\"} 1.0",
                "dromedary_stream_outcomes_total{outcome=\"deferred\",stream=\"news\"} 1.0");
    }

    @Test
    void timeToDeliveryFallsIntoStepsFromASecondToThreeDays() {
        IntStream.of(0, 3, 40, 7_200, 400_000).forEach(seconds -> meters.attempted(message("google", "news", 50), "mta-1", "r", EventKind.DELIVERED, 1, Duration.ofSeconds(seconds)));

        String series = "dromedary_time_to_delivery_seconds_bucket{priority=\"urgent\",provider=\"google\",le=\"";
        assertThat(registry.scrape()).contains(series + "1.0\"} 1", series + "5.0\"} 2", series + "60.0\"} 3", series + "3600.0\"} 3", series + "14400.0\"} 4",
                series + "259200.0\"} 4", series + "+Inf\"} 5");
    }

    @Test
    void streamsFromOutsideAreAHundredAndOther() {
        IntStream.range(0, 1_000).forEach(i -> meters.attempted(message("google", "s" + i, 100), "mta-1", "r", EventKind.DELIVERED, 1, Duration.ZERO));

        assertThat(registry.find("dromedary.stream.outcomes").counters()).hasSize(101);
        assertThat(registry.get("dromedary.stream.outcomes").tag("stream", "(other)").counter().count()).isEqualTo(900);
    }

    @Test
    void aComplaintWithoutItsMessageHasNeitherPoolNorStream() {
        meters.complained("google", "", "");
        meters.complained("google", "mta-1", "news");

        assertThat(registry.scrape()).contains("dromedary_complaints_total{pool=\"none\",provider=\"google\"} 1.0", "dromedary_complaints_total{pool=\"mta-1\",provider=\"google\"} 1.0",
                "dromedary_stream_complaints_total{stream=\"none\"} 1.0", "dromedary_stream_complaints_total{stream=\"news\"} 1.0");
    }

    @Test
    void aPoolsConnectionMetersAreThereBeforeItsFirstConnection() {
        meters.smtp("mta-1");

        assertThat(registry.scrape()).contains("dromedary_pool_connections_opened_total{pool=\"mta-1\"} 0.0", "dromedary_pool_connections_reused_total{pool=\"mta-1\"} 0.0",
                "dromedary_pool_connections_failed_total{phase=\"auth\",pool=\"mta-1\"} 0.0", "dromedary_pool_connections_closed_total{pool=\"mta-1\",reason=\"idle\"} 0.0",
                "dromedary_smtp_step_seconds_count{pool=\"mta-1\",step=\"reply\"} 0", "dromedary_smtp_transaction_seconds_count{accepted=\"true\",pool=\"mta-1\",reached=\"end_of_data\"} 0");
    }
}
