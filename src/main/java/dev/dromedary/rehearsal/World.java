package dev.dromedary.rehearsal;

import dev.dromedary.config.Scenario;
import dev.dromedary.config.ScenarioReader;
import dev.dromedary.outcome.ReplyClassifier;
import dev.dromedary.rehearsal.Account.Blocks;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;

/** The providers of the simulated world, and what each knows of each pool. */
final class World {
    private final Scenario scenario;
    private final ReplyClassifier classifier;
    private final SplittableGenerator random;
    private final BlockListener listener;
    private final Map<String, Map<String, Account>> accounts = new HashMap<>();
    private final Map<String, Answers> answers = new HashMap<>();

    /** Told of every block that a provider's opinion brought about. */
    @FunctionalInterface
    interface BlockListener {
        void blocked(String pool, String provider, long from, long until);
    }

    World(Scenario scenario, ReplyClassifier classifier, SplittableGenerator random, BlockListener listener) {
        this.scenario = scenario;
        this.classifier = classifier;
        this.random = random;
        this.listener = listener;
        // All of them now, so that each has the same randomness whichever is used first.
        scenario.dromedary().pools().keySet().stream().sorted().forEach(pool -> scenario.dromedary().providers().keySet().stream().sorted()
                .forEach(provider -> accounts.computeIfAbsent(pool, id -> new HashMap<>()).put(provider, open(pool, provider))));
    }

    private Account open(String pool, String provider) {
        Scenario.Mailbox mailbox = scenario.mailboxes().get(provider);
        List<Scenario.Event> events = scenario.events().stream().filter(event -> event.concerns(pool, provider)).toList();
        RandomGenerator own = random.split();
        Blocks blocks = (from, until) -> listener.blocked(pool, provider, from, until);
        return new Account(pool, mailbox == null ? ScenarioReader.usualMailbox(provider) : mailbox, events, own, blocks);
    }

    Account account(String pool, String provider) {
        return accounts.get(pool).get(provider);
    }

    Answers answers(String provider) {
        return answers.computeIfAbsent(provider, id -> new Answers(id, classifier));
    }
}
