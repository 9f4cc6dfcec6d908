package dev.dromedary.report;

import static dev.dromedary.report.Histories.accepted;
import static dev.dromedary.report.Histories.sent;
import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.history.Gauge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class IncidentTest {
    private static final Pair NOWHERE = new Pair("", "");
    private static final Pair THERE = new Pair("google", "a");

    @Test
    void aTotalStopIsSeenInWhatWasDeliveredAndInWhatWaited() {
        Incident stop = one(Incident.of(List.of(alert("messages_per_second", "critical", 30, 40, NOWHERE, "0 messages a second")), stopped(), at(50)));
        assertThat(stop.effect()).isEqualTo("delivered 0.4 → 0/s; 20 attempts: 100.0 % put off, 0 % failed; 8,690 waited at the end; in as long before, 250 attempts: 4.0 % put off, 0 % failed");
    }

    @Test
    void whatGoesOnAndWhatIsOfOnePlaceSayWhoseMailWaits() {
        Incident on = one(Incident.of(List.of(alert("deferral_rate", "warning", 30, null, THERE, "much put off")), stopped(), at(40)));
        assertThat(on.effect()).startsWith("delivered 0.4 → 0/s; ").contains("; 8,690 waited in all at last; ");
        Incident elsewhere = one(Incident.of(List.of(alert("deferral_rate", "warning", 30, null, new Pair("yahoo", ""), "much put off")), stopped(), at(40)));
        assertThat(elsewhere.effect()).startsWith("delivered 0 → 0/s; no attempts; ");
    }

    @Test
    void theStepInWhichItBeganIsNoneBeforeIt() {
        var happening = new Happening("hold", "warning", at(30).plusSeconds(20), at(31), THERE, "by hand", "hold by ops", null);
        Incident hold = one(Incident.of(List.of(happening), stopped(), at(50)));
        assertThat(hold.before()).isNotNull();
        assertThat(hold.before().counts().attempts()).as("minute 29, not 30").isEqualTo(25);
        assertThat(hold.during()).isNotNull();
        assertThat(hold.during().counts().attempts()).isEqualTo(2);
    }

    @Test
    void whereTheHistoryDoesNotReachNothingIsSaid() {
        Timeline nothing = new Histories(Duration.ofMinutes(1)).timeline(60);
        Incident unknown = one(Incident.of(List.of(alert("backlog", "warning", 30, 40, NOWHERE, "much waits")), nothing, at(50)));
        assertThat(unknown.effect()).isEqualTo("the history has no figures of that time");
        assertThat(unknown.waiting()).isNull();
        Incident first = one(Incident.of(List.of(alert("backlog", "warning", 0, 5, NOWHERE, "much waits")), stopped(), at(50)));
        assertThat(first.effect()).as("no before, and no gauge").isEqualTo("delivered 0.4/s; 125 attempts: 4.0 % put off, 0 % failed");
    }

    @Test
    void alertsOfNoPlaceAreOneIncidentOnlyWhereTheyAreOfOneFigure() {
        List<Incident> all = Incident.of(List.of(alert("disk_used", "warning", 25, null, NOWHERE, "disk 85 % used"), alert("messages_per_second", "critical", 30, 40, NOWHERE, "0 messages a second"),
                alert("disk_used", "critical", 35, null, NOWHERE, "disk 95 % used"), alert("deferral_rate", "warning", 30, 40, THERE, "much put off"),
                new Happening("warning", "warning", at(31), at(45), THERE, "rising deferrals", "", null)), stopped(), at(50));
        assertThat(all).extracting(Incident::cause).containsExactly("disk 95 % used", "0 messages a second", "much put off");
        assertThat(all).extracting(Incident::severity).containsExactly("critical", "critical", "warning");
        assertThat(all).extracting(one -> one.happenings().size()).containsExactly(2, 1, 2);
    }

    @Test
    void theCauseIsThatOfTheMostSevereAndOfSeveralOfTheFirst() {
        Incident incident = one(Incident.of(List.of(alert("a", "warning", 20, 30, THERE, "first"), alert("b", "critical", 25, 35, THERE, "worst"), alert("c", "critical", 26, 36, THERE, "later")),
                stopped(), at(50)));
        assertThat(incident.cause()).isEqualTo("worst");
        assertThat(incident.severity()).isEqualTo("critical");
        assertThat(incident.happenings()).extracting(Happening::cause).containsExactly("first", "worst", "later");
    }

    /** 24 delivered a minute; from the thirtieth on nothing, and more and more waits. */
    private static Timeline stopped() {
        var history = new Histories(Duration.ofMinutes(1));
        for (int i = 0; i < 60; i++) {
            if (i < 30) {
                history.add(i, List.of(accepted(24), sent("google", "a", 24, 1, 0, 10)));
            } else {
                history.add(i, List.of(accepted(24), sent("google", "a", 0, 2, 0, 10)), Gauge.of("waiting", "deferred", 8_690 - 10 * Math.max(0, 39 - i)));
            }
        }
        return history.timeline(60);
    }

    private static Happening alert(String metric, String severity, int from, Integer to, Pair where, String text) {
        return new Happening("alert", metric, severity, at(from), to == null ? null : at(to), where, text, "", null);
    }

    private static Instant at(int minute) {
        return Histories.START.plus(Duration.ofMinutes(minute));
    }

    private static Incident one(List<Incident> all) {
        assertThat(all).hasSize(1);
        return new ArrayList<>(all).get(0);
    }
}
