package dev.dromedary.camel;

import dev.dromedary.pace.AdaptivePace;
import dev.dromedary.store.WarmUpStore;
import dev.dromedary.warmup.SharedCount;
import dev.dromedary.warmup.WarmUp;
import dev.dromedary.warmup.WarmUpView;
import dev.dromedary.warmup.WarmUps;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the warm-ups and the database together, so that they outlive a restart and are one for all nodes, and shows them and the paces as metrics. Beside the messages. */
public final class WarmUpSync {
    private static final Logger LOG = LoggerFactory.getLogger(WarmUpSync.class);

    private final WarmUps warmUps;
    private final WarmUpStore store;
    private final Consumer<AdaptivePace.Reader> pace;
    private final InstantSource clock;
    private final MultiGauge stage;
    private final MultiGauge allowed;
    private final MultiGauge sent;
    private final MultiGauge paces;
    private boolean away;

    WarmUpSync(WarmUps warmUps, WarmUpStore store, Consumer<AdaptivePace.Reader> pace, InstantSource clock, MeterRegistry registry) {
        this.warmUps = warmUps;
        this.store = store;
        this.pace = pace;
        this.clock = clock;
        this.stage = MultiGauge.builder("dromedary.warmup.stage").description("Stage of each warm-up under way, from 1").register(registry);
        this.allowed = MultiGauge.builder("dromedary.warmup.day.allowed").description("Messages that each warm-up allows today").register(registry);
        this.sent = MultiGauge.builder("dromedary.warmup.day.sent").description("Messages that each warm-up has sent today, by all nodes").register(registry);
        this.paces = MultiGauge.builder("dromedary.adaptive.pace.per.second").description("Each pace below the configured limits, because a provider deferred or blocked").register(registry);
    }

    /** Writes what is new and reads what all nodes know. Where the database is away, each goes on with its share of what was left. */
    public synchronized void sync() {
        List<WarmUp> changed = warmUps.takeChanged();
        List<SharedCount> counts = warmUps.takeCounts();
        try {
            WarmUpStore.Shared shared = store.share(changed, counts, LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC));
            warmUps.replace(shared.warmUps(), shared.counts(), shared.nodes());
            away = false;
        } catch (SQLException e) {
            warmUps.giveBack(changed, counts);
            if (!away) {
                LOG.warn("[WARM_UPS_UNSHARED] database: {}; this node sends its share of what was left, and writes it when it is back", e.getMessage());
            }
            away = true;
        }
        show();
    }

    private void show() {
        List<WarmUpView> underWay = warmUps.views().stream().filter(view -> view.state().underWay()).toList();
        stage.register(rows(underWay, view -> view.state().stage()), true);
        allowed.register(rows(underWay, WarmUpView::allowance), true);
        sent.register(rows(underWay, view -> view.today().sent()), true);
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        var least = new HashMap<Tags, Double>();
        pace.accept((pool, provider, perSecond) -> least.merge(Tags.of("pool", pool, "provider", provider), perSecond, Math::min));
        least.forEach((tags, perSecond) -> rows.add(MultiGauge.Row.of(tags, perSecond)));
        paces.register(rows, true);
    }

    private static List<MultiGauge.Row<?>> rows(List<WarmUpView> views, ToDoubleFunction<WarmUpView> value) {
        return views.stream().<MultiGauge.Row<?>>map(view -> MultiGauge.Row.of(Tags.of("pool", view.state().pool(), "provider", view.state().provider()), value.applyAsDouble(view))).toList();
    }
}
