package dev.dromedary.camel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser, of the whole program with mail that was delivered, put off and refused. */
class DashboardIT {
    static final List<String> VIEWS = List.of("overview");
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
        for (String file : DashboardPages.FILES) {
            assertThat(program.call("GET", "/dashboard/" + file, "").statusCode()).as(file).isEqualTo(200);
        }
    }

    @Test
    void theOverviewShowsWhatBecameOfTheMail() {
        Page page = browser.page(1280, ColorScheme.LIGHT, "overview");
        assertThat(page.locator("#title")).hasText("Overview", patience());
        assertThat(page.locator(".tile")).hasCount(7, new LocatorAssertions.HasCountOptions().setTimeout(TestProgram.PATIENCE.toMillis()));
        assertThat(page.locator("#state")).hasText("live");
        page.context().close();
    }

    static LocatorAssertions.HasTextOptions patience() {
        return new LocatorAssertions.HasTextOptions().setTimeout(TestProgram.PATIENCE.toMillis());
    }
}
