package dev.dromedary.camel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dashboard in a real browser, of the whole program with mail that was delivered, put off and refused. */
class DashboardIT {
    private static final List<String> VIEWS = List.of("overview", "alerts", "matrix", "lanes", "pools", "messages", "deferred", "dead", "suppressions", "warm-ups", "config", "audit");
    private static final Path SHOTS = Path.of("target/screenshots");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static DashboardBrowser browser;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, """
                pools:
                  - {id: mta-1, host: 127.0.0.1, port: $SINK, tls: none}
                  - {id: mta-2, host: 127.0.0.1, port: $SINK, tls: none}
                """);
        PlaywrightAssertions.setDefaultAssertionTimeout(TestProgram.PATIENCE.toMillis());
        browser = DashboardBrowser.open(program.config().http().port());
        DashboardMail.send(program, HOSTILE);
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        program.close();
    }

    @AfterEach
    void noRequestLeftTheServerAndNothingWasForbidden() {
        assertThat(browser.faults()).isEmpty();
    }

    @Test
    void thePageIsServedUnderAStrictPolicyAndIsKeptByItsTag() throws Exception {
        HttpResponse<String> page = program.call("GET", "/", "");
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html; charset=utf-8");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValue(DashboardPages.POLICY);
        assertThat(page.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).hasValue("no-referrer");
        assertThat(page.body()).doesNotContain("style=").doesNotContain("<style").doesNotContainPattern("<script(?![^>]* src=)").doesNotContainPattern(" on[a-z]+=");
        String tag = page.headers().firstValue("ETag").orElseThrow();
        HttpResponse<String> again = program.call("GET", "/", "", "If-None-Match", tag);
        assertThat(again.statusCode()).isEqualTo(304);
        assertThat(again.body()).isEmpty();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/dashboard"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(DashboardPages.FILES);
        }
        for (String file : DashboardPages.FILES) {
            assertThat(program.call("GET", "/dashboard/" + file, "").statusCode()).as(file).isEqualTo(200);
        }
    }

    @Test
    void theOverviewShowsWhatBecameOfTheMail() {
        Page page = shown(1280, ColorScheme.LIGHT, "overview");
        assertThat(page.locator("#title")).hasText("Overview");
        assertThat(page.locator(".tile")).hasCount(7);
        assertThat(page.locator(".chart")).hasCount(2);
        assertThat(page.locator("#state")).hasText("live");
        page.locator(".chart").first().focus();
        page.keyboard().press("End");
        assertThat(page.locator(".chart .tip").first()).containsText("Delivered");
        page.context().close();
    }

    /** Every view as it is looked at: wide and narrow, light and dark. The pictures are in target/screenshots. */
    @ParameterizedTest
    @CsvSource({"1280, LIGHT", "1280, DARK", "360, LIGHT", "360, DARK"})
    void everyViewFitsItsWindowAndAxeFindsNothingSerious(int width, ColorScheme scheme) {
        Page page = shown(width, scheme, "overview");
        for (String view : VIEWS) {
            go(page, view);
            assertThat(page.locator(".notice.bad")).hasCount(0);
            page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve(view + "-" + width + "-" + scheme.name().toLowerCase(Locale.ROOT) + ".png")).setFullPage(true));
            DashboardBrowser.assertFits(page, view);
            assertThat(DashboardBrowser.seriousFindings(page)).as(view + " " + width + " " + scheme).isEmpty();
        }
        page.context().close();
    }

    /** Every text of every answer is made a script: shown, it has to be nothing but text. */
    @Test
    void noTextOfAnAnswerIsReadAsHtml() {
        Page page = browser.page(1280, ColorScheme.LIGHT, "audit");
        page.route("**/v1/**", route -> {
            if (route.request().url().endsWith("openapi.yaml")) {
                route.resume();
                return;
            }
            String answer = route.fetch().text();
            route.fulfill(new Route.FulfillOptions().setStatus(200).setContentType("application/json").setBody(hostile(answer)));
        });
        for (String view : VIEWS) {
            go(page, view);
            assertThat(page.locator("#view")).containsText(HOSTILE);
            assertThat(page.locator("#view img")).hasCount(0);
        }
        page.context().close();
    }

    @Test
    void theHistoryOfAMessageIsFoundByItsRecipientAndShowsWhatTheServerSaid() {
        Page page = shown(1280, ColorScheme.LIGHT, "messages");
        page.getByLabel("Recipient, or @domain").fill("BOUNCE@gmail.com");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Filter")).click();
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName("bounce@gmail.com")).first().click();
        assertThat(page.locator(".timeline")).containsText("550 5.1.1 No such user here");
        page.evaluate("location.hash = '#/messages?id=none'");
        assertThat(page.locator("#view .notice")).containsText("NOT_FOUND (404)");
        assertThat(page.locator("#view")).containsText("Without the filter");
        browser.faults().removeIf(fault -> fault.contains("status of 404"));
        page.context().close();
    }

    /** By the keyboard alone: past the navigation, to a pool, into the dialog and out again. */
    @Test
    void aPoolIsPausedAndResumedByTheKeyboardAndTheAuditLogHasTheReasons() throws Exception {
        Page page = shown(1280, ColorScheme.DARK, "pools");
        page.keyboard().press("Tab");
        assertThat(page.locator("#skip")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#main")).isFocused();
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause pool mta-2")).focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog")).containsText("No new message is sent by this pool");
        page.keyboard().press("Escape");
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Pause pool mta-2"))).isFocused();
        page.keyboard().press("Enter");
        page.locator("dialog input[name=for]").fill("2 parsecs");
        page.locator("dialog input[name=reason]").fill("a new address");
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog [role=alert]")).containsText("FIELD_INVALID (400)");
        assertThat(page.locator("dialog [role=alert]")).containsText("2 parsecs");
        page.locator("dialog input[name=for]").fill("10m");
        page.keyboard().press("Enter");
        assertThat(page.locator("#live")).containsText("pool mta-2 is held until");
        thePauseIsSeenInTheOverviewAndTheMatrix(page);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Resume pool mta-2")).first().click();
        page.locator("dialog input[name=reason]").fill(HOSTILE);
        page.keyboard().press("Enter");
        assertThat(page.locator("#live")).containsText("pool mta-2 goes on");
        assertThat(program.count("select count(*) from audit where reason in ('a new address', '" + HOSTILE + "')")).isEqualTo(2);
        go(page, "audit");
        assertThat(page.locator("#view table")).containsText("a new address");
        page.context().close();
        // The refused call is an error in the console, as it should be.
        browser.faults().removeIf(fault -> fault.contains("status of 400"));
    }

    private static void thePauseIsSeenInTheOverviewAndTheMatrix(Page page) {
        go(page, "overview");
        assertThat(panel(page, "Needs attention")).containsText(Pattern.compile("paused until .*pool mta-2.*by .*: a new address"));
        assertThat(panel(page, "Pools").locator("li", new Locator.LocatorOptions().setHasText("mta-2"))).containsText("paused until");
        assertThat(panel(page, "Pools").locator("li", new Locator.LocatorOptions().setHasText("mta-2")).locator(".badge.good")).hasCount(0);
        go(page, "matrix?all=true");
        page.locator(".cell", new Page.LocatorOptions().setHasText("paused until")).first().click();
        assertThat(page.locator("dialog")).containsText("pool mta-2 is held by");
        page.goBack();
        assertThat(page.locator("dialog")).hasCount(0);
        assertThat(page.locator("#title")).hasText("Overview");
        go(page, "pools");
    }

    /** Where several causes hold a pair, the last end counts, and each has its own. */
    @Test
    void aCellSaysTheLastEndOfAllThatHoldsItsPair() {
        Page page = browser.page(360, ColorScheme.LIGHT, "audit");
        json(page, "**/v1/matrix", """
                {"pools":["mta-1"],"cells":[{"provider":"google","pool":"mta-1","score":0.5,"accepted":3,"in_flight":0,"max_connections":10,"binding":"pool mta-1 is held until 2036-03-01T12:00:00Z by ann: moved",
                 "ceiling":{"halted_until":"2036-02-01T12:00:00Z","per_second":null,"connections":null,"messages_per_connection":null,"why":"blocked"}}]}""");
        json(page, "**/v1/holds", "{\"holds\":[" + hold("pool", "mta-1", "2036-03-01T12:00:00Z") + "," + hold("provider", "google", "2036-01-01T12:00:00Z") + "]}");
        go(page, "matrix");
        assertThat(page.locator(".cell .badge")).hasText(Pattern.compile("paused until 2036-03-01 .*"));
        assertThat(page.locator(".cell")).containsText(Pattern.compile("paused until 2036-03-01 .*, halted until 2036-02-01 .*, paused until 2036-01-01 "));
        DashboardBrowser.assertFits(page, "matrix");
        page.locator(".cell").click();
        assertThat(page.locator("dialog dt").nth(1)).hasText("Until");
        assertThat(page.locator("dialog dd").nth(1)).containsText("2036-03-01");
        assertThat(page.locator("dialog")).containsText(Pattern.compile("halted until 2036-02-01 .*blocked.*provider google is held by ann: moved"));
        assertThat(DashboardBrowser.seriousFindings(page)).isEmpty();
        page.context().close();
    }

    @Test
    void whatIsCriticalComesFirstAndWhatIsNotShownIsCounted() {
        Page page = browser.page(360, ColorScheme.LIGHT, "audit");
        String alert = "{\"id\":\"%s\",\"rule\":\"rule-%s\",\"subject\":\"mta-1/google\",\"severity\":\"%s\",\"state\":\"open\",\"since\":\"2026-01-%s0T12:00:00Z\",\"text\":\"t\",\"suggested\":[]}";
        String warnings = IntStream.range(0, 13).mapToObj(i -> alert.formatted("w" + i, "w" + i, "warning", 2)).collect(Collectors.joining(","));
        json(page, "**/v1/alerts?*", "{\"alerts\":[" + warnings + "," + alert.formatted("c", "c", "critical", 1) + "]}");
        json(page, "**/v1/alerts/silences", "{\"silences\":[{\"id\":1,\"rule\":null,\"subject\":\"nope/never\",\"until\":\"2036-01-01T12:00:00Z\",\"by\":\"ann\",\"reason\":\"r\"}]}");
        go(page, "nosuchview", "overview");
        assertThat(page).hasURL(Pattern.compile(".*#/overview$"));
        assertThat(panel(page, "Needs attention").locator("li", new Locator.LocatorOptions().setHasText("rule-")).first()).containsText("rule-c mta-1/google");
        assertThat(panel(page, "Needs attention")).containsText("more in Alerts");
        DashboardBrowser.assertFits(page, "overview");
        go(page, "alerts");
        assertThat(panel(page, "Alerts").locator("li").first()).containsText("rule-c");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("End the silence of all rules of nope/never")).click();
        assertThat(page.locator("dialog")).containsText("Alerts of all rules of nope/never are told again.");
        page.context().close();
    }

    private static String hold(String kind, String value, String expires) {
        return "{\"id\":1,\"kind\":\"%s\",\"value\":\"%s\",\"mode\":\"pause\",\"state\":\"paused\",\"reason\":\"moved\",\"by\":\"ann\",\"since\":\"2026-01-01T12:00:00Z\",\"expires\":\"%s\"}"
                .formatted(kind, value, expires);
    }

    private static Locator panel(Page page, String title) {
        return page.locator("section[aria-label='" + title + "']");
    }

    @Test
    void waitingMailIsRetriedDeadLettersReplayedAndSuppressionsRemovedWithAReasonInTheAuditLog() throws Exception {
        Page page = shown(1280, ColorScheme.LIGHT, "deferred?provider=google");
        act(page, "Retry all 1", "they said so");
        assertThat(page.locator("#live")).containsText("1 message retried");
        go(page, "dead?provider=yahoo");
        act(page, "Replay the letter to bounce@yahoo.com", "the mailbox is back");
        assertThat(page.locator("#live")).containsText("1 letter replayed");
        go(page, "suppressions?address=bounce%40gmail.com");
        act(page, "Remove bounce@gmail.com", "a person asked");
        assertThat(page.locator("#live")).containsText("gets mail again");
        go(page, "matrix");
        page.locator(".cell", new Page.LocatorOptions().setHasText("halted")).first().click();
        assertThat(page.locator("dialog")).containsText("microsoft-blocklist");
        page.context().close();
        assertThat(program.count("select count(*) from audit where reason in ('they said so', 'the mailbox is back', 'a person asked') and messages = 1")).isEqualTo(3);
    }

    @Test
    void aComplaintStandsInTheTimelineOfItsMessage() throws Exception {
        String id = program.submit("dora@gmail.com");
        program.eventually(id, "delivered");
        assertThat(program.call("POST", "/v1/complaints", "{\"address\":\"dora@gmail.com\",\"source\":\"a <b>loop</b>\",\"message_id\":\"" + id + "\"}").statusCode()).isEqualTo(200);
        Page page = shown(1280, ColorScheme.LIGHT, "messages?id=" + id);
        assertThat(page.locator(".timeline")).containsText("the recipient complained (told) by a <b>loop</b>");
        assertThat(page.locator("#view .panel").last()).containsText("complained");
        assertThat(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Cancel it"))).hasCount(0);
        page.context().close();
    }

    @Test
    void aDeadLetterIsDroppedWithAReasonInTheAuditLog() throws Exception {
        String id = program.submit("bounce@gmx.de");
        await().atMost(TestProgram.PATIENCE).until(() -> program.count("select count(*) from dead_letter where message_id = '" + id + "'") == 1);
        Page page = shown(1280, ColorScheme.LIGHT, "dead?id=" + id);
        act(page, "Drop the letter to bounce@gmx.de", "it is old");
        assertThat(page.locator("#live")).containsText("1 letter dropped");
        assertThat(page.locator("#view")).containsText("No dead letter matches.");
        page.context().close();
        assertThat(program.count("select count(*) from audit where action = 'dead.drop' and reason = 'it is old' and messages = 1")).isOne();
    }

    @Test
    void whatIsShownIsCalledStaleWhileTheServerDoesNotAnswerAndLiveWhenItDoes() {
        Page page = shown(1280, ColorScheme.LIGHT, "overview");
        page.route("**/v1/**", route -> route.abort());
        assertThat(page.locator("#state")).hasText(Pattern.compile("stale since .*"));
        assertThat(page.locator(".tile")).hasCount(7);
        page.unroute("**/v1/**");
        assertThat(page.locator("#state")).hasText("live");
        page.context().close();
        browser.faults().removeIf(fault -> fault.contains("net::ERR_FAILED"));
    }

    @Test
    void anAlertIsAcknowledgedAndSilencedAndTheAuditLogHasTheReasons() throws Exception {
        try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.prepareStatement("insert into alert (id, rule, by_what, subject, metric, unit, severity,"
                + " state, value, threshold, text, suggested, since, updated, told_severity, told_at) values ('a-1', 'disk-high', 'node', ?, 'disk-used', '%', 'critical', 'open', 91.5, 88,"
                + " ?, '{make room}', now(), now(), 'critical', now())")) {
            insert.setString(1, HOSTILE);
            insert.setString(2, "disk in use: 91.5 % <b>of it</b>");
            insert.execute();
        }
        Page page = shown(360, ColorScheme.DARK, "overview");
        assertThat(page.locator("#view")).containsText("disk in use: 91.5 % <b>of it</b>");
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("overview-360-with-alerts.png")).setFullPage(true));
        go(page, "alerts");
        assertThat(page.locator("#view")).containsText("disk in use: 91.5 % <b>of it</b>");
        assertThat(page.locator("#view")).containsText("make room");
        DashboardBrowser.assertFits(page, "alerts");
        assertThat(DashboardBrowser.seriousFindings(page)).isEmpty();
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("alerts-360-with-alerts.png")).setFullPage(true));
        whoWasToldIsShown(page);
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Silence disk-high")).click();
        page.locator("dialog input[name=for]").fill("30m");
        page.locator("dialog input[name=by]").fill("ann");
        page.locator("dialog input[name=reason]").fill("a new disk comes");
        assertThat(DashboardBrowser.seriousFindings(page)).isEmpty();
        page.keyboard().press("Enter");
        assertThat(page.locator("#live")).containsText("disk-high is silenced for 30m");
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Acknowledge disk-high")).click();
        page.locator("dialog input[name=by]").fill("ann");
        page.locator("dialog input[name=reason]").fill("on my way");
        page.keyboard().press("Enter");
        assertThat(page.locator("#live")).containsText("disk-high is acknowledged");
        act(page, "End the silence of disk-high", "it is in");
        go(page, "alerts?state=acknowledged");
        assertThat(page.locator("#view")).containsText("acknowledged by ann: on my way");
        page.context().close();
        assertThat(program.count("select count(*) from audit where action in ('alert.silence', 'alert.acknowledge', 'alert.unsilence') and reason in ('ann: a new disk comes', 'ann: on my way', 'it is in')"))
                .isEqualTo(3);
    }

    private static void whoWasToldIsShown(Page page) throws Exception {
        try (var connection = program.wiring().database().dataSource().getConnection(); var insert = connection.prepareStatement("insert into alert_notice (alert, kind, target, body, made_at, due,"
                + " attempts, error, answer, done_at, sent) values ('a-1', 'opened', 'webhook/ops', '{}', now(), now() + interval '1 day', 2, ?, null, null, false),"
                + " ('a-1', 'opened', 'mail', '{}', now(), now(), 1, null, 'accepted as message alert-1', now(), true)"); var change = connection.createStatement()) {
            insert.setString(1, "answered 500: " + HOSTILE);
            insert.execute();
            change.execute("insert into alert_change (alert, at, state, severity, value, text) values ('a-1', now(), 'open', 'critical', 91.5, 't')");
        }
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Who was told of disk-high")).click();
        assertThat(page.locator("dialog")).containsText("answered 500: " + HOSTILE);
        assertThat(page.locator("dialog")).containsText("accepted as message alert-1");
        assertThat(page.locator("dialog")).containsText("91.5 %");
        assertThat(DashboardBrowser.seriousFindings(page)).isEmpty();
        page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("alert-360-who-was-told.png")));
        page.keyboard().press("Escape");
    }

    /** Panels of which there is no more than a few minutes' data here, given answers of the form that they have. */
    @Test
    void healthAndCapacityAreShown() {
        Page page = browser.page(360, ColorScheme.DARK, "audit");
        json(page, "**/v1/health-score", "{\"score\":0.67275,\"band\":\"fair\",\"parts\":[{\"name\":\"delivery\",\"score\":null,\"weight\":0.3,\"why\":\"no mail\"}]}");
        json(page, "**/v1/capacity", """
                {"forecasts":[{"subject":"mta-1","metric":"messages a day","now":1000,"limit":5000,"growth_per_day":40,"reached_at":"2036-03-01T12:00:00Z","reached_earliest":"2036-02-01T12:00:00Z",
                 "reached_latest":null,"why":"trend and season"},
                 {"subject":"mta-2","metric":"busiest_hour","now":null,"limit":5000,"growth_per_day":null,"reached_at":null,"reached_earliest":null,"reached_latest":null,"why":"no history"},
                 {"subject":"mta-3","metric":"busiest_hour","now":1,"limit":5000,"growth_per_day":0.1,"reached_at":null,"reached_earliest":null,"reached_latest":null,"why":"a straight line"}]}""");
        go(page, "capacity");
        assertThat(page.locator("#view")).containsText("trend and season");
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("mta-2"))).containsText("not known");
        assertThat(page.locator("tr", new Page.LocatorOptions().setHasText("mta-3"))).containsText("not in sight");
        DashboardBrowser.assertFits(page, "capacity");
        go(page, "overview");
        assertThat(page.locator(".score")).containsText("0.67");
        assertThat(page.locator("#view")).containsText("not known");
        page.context().close();
    }

    private static void json(Page page, String url, String body) {
        page.route(url, route -> route.fulfill(new Route.FulfillOptions().setStatus(200).setContentType("application/json").setBody(body)));
    }

    private static void act(Page page, String button, String reason) {
        page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)).first().click();
        page.locator("dialog input[name=reason]").fill(reason);
        page.keyboard().press("Enter");
        assertThat(page.locator("dialog")).hasCount(0);
    }

    private static Page shown(int width, ColorScheme scheme, String view) {
        Page page = browser.page(width, scheme, view);
        assertThat(page.locator("#view .panel").first()).isVisible();
        return page;
    }

    private static void go(Page page, String view) {
        go(page, view, view.replaceFirst("\\?.*", ""));
    }

    private static void go(Page page, String view, String shown) {
        page.evaluate("view => { location.hash = '#/' + view; }", view);
        assertThat(page.locator("#nav a[aria-current]")).hasAttribute("href", "#/" + shown);
        assertThat(page.locator("#view .panel").first()).isVisible();
    }

    private static String hostile(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            poison(node);
            return JSON.writeValueAsString(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Texts only: times stay times, so that what is sorted and drawn by them is. */
    private static void poison(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                if (field.getValue().isTextual() && !field.getValue().asText().matches("\\d{4}-.*Z")) {
                    field.setValue(TextNode.valueOf(field.getValue().asText() + HOSTILE));
                } else {
                    poison(field.getValue());
                }
            });
        } else {
            node.forEach(DashboardIT::poison);
        }
    }
}
