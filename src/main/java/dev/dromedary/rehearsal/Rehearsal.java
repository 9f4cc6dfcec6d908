package dev.dromedary.rehearsal;

import dev.dromedary.config.DromedaryConfig;
import dev.dromedary.config.Scenario;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.outcome.ReplyRules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** Runs one scenario under one policy. The same scenario, policy and seed give the same result. */
public final class Rehearsal {
    private static final long BEAT = TimeUnit.SECONDS.toNanos(5);
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    private final Scenario scenario;
    private final Policy policy;
    private final VirtualTime time;
    private final Agenda agenda = new Agenda();
    private final Tally tally;
    private final Mind mind;
    private final Dispatch dispatch;
    private final Foresight foresight;
    private final List<TrafficFeed> feeds = new ArrayList<>();
    private final long end;

    /** @param withReactions whether policies other than the production's obey the reactions that providers prescribe */
    public Rehearsal(Scenario scenario, Policy policy, boolean withReactions) {
        this.scenario = scenario;
        this.policy = policy;
        this.time = new VirtualTime(scenario.start());
        this.end = scenario.length().toNanos();
        this.tally = new Tally(scenario.length());
        DromedaryConfig config = scenario.dromedary();
        // Traffic and world draw from generators of their own, so that every policy meets the same.
        SplittableRandom root = new SplittableRandom(scenario.seed());
        SplittableRandom traffic = root.split();
        SplittableRandom world = root.split();
        Path rules = config.classification().rules();
        ReplyClassifier classifier = new ReplyClassifier(rules == null ? ReplyRules.builtIn() : ReplyRules.load(rules));
        this.mind = new Mind(policy, withReactions, config, time, root.split());
        World simulated = new World(scenario, classifier, world, this::blocked);
        this.foresight = new Foresight(scenario.start(), simulated);
        this.dispatch = new Dispatch(config, mind, simulated, agenda, time, tally, root.split());
        scenario.traffic().forEach(each -> feeds.add(new TrafficFeed(each, scenario.start(), traffic.split())));
        scenario.events().forEach(this::expectRecovery);
    }

    private void expectRecovery(Scenario.Event event) {
        scenario.dromedary().providers().keySet().stream().filter(provider -> event.provider() == null || event.provider().equals(provider))
                .forEach(provider -> tally.lateness(provider).incident((int) event.end().toMinutes()));
    }

    private void blocked(String pool, String provider, long from, long until) {
        tally.blocked();
        foresight.blocked(pool, provider, from);
        tally.lateness(provider).incident((int) (until / MINUTE));
    }

    public Result run() {
        feeds.forEach(feed -> feed.start(agenda, time, dispatch::accept));
        agenda.add(BEAT, this::beat);
        agenda.add(MINUTE, this::minute);
        dispatch.probe();
        while (!agenda.isEmpty() && agenda.next() <= end) {
            time.advance(agenda.next());
            agenda.poll().run();
        }
        return tally.result(scenario.name(), policy, foresight);
    }

    private void beat() {
        mind.beat(time.nanos());
        foresight.look(mind.warnings(), time.nanos());
        agenda.add(time.nanos() + BEAT, this::beat);
    }

    private void minute() {
        tally.tick(time.nanos());
        agenda.add(time.nanos() + MINUTE, this::minute);
    }
}
