package dev.dromedary.camel;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import com.microsoft.playwright.options.ColorScheme;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard where the API asks for a key. */
class DashboardKeyIT {
    private static final String KEY = "a-key-of-more-than-twenty-characters";

    @TempDir
    static Path folder;

    @Test
    void thePageIsServedWithoutAKeyAsksForOneAndKeepsItInItsTabOnly() throws Exception {
        try (TestProgram program = TestProgram.start(folder, TestProgram.ONE_POOL, Map.of("TEST_API_KEY", KEY), Duration.ofSeconds(1))) {
            int port = program.config().http().port();
            var stranger = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
            assertThat(HttpClient.newHttpClient().send(stranger, HttpResponse.BodyHandlers.ofString()).statusCode()).isEqualTo(200);
            PlaywrightAssertions.setDefaultAssertionTimeout(TestProgram.PATIENCE.toMillis());
            try (DashboardBrowser browser = DashboardBrowser.open(port)) {
                Page page = browser.page(1280, ColorScheme.LIGHT, "config");
                page.locator("dialog input[name=key]").fill("wrong-and-of-more-than-twenty-characters");
                page.keyboard().press("Enter");
                assertThat(page.locator("dialog [role=alert]")).containsText("not known");
                page.locator("dialog input[name=key]").fill(KEY);
                page.keyboard().press("Enter");
                assertThat(page.locator("#view")).containsText("http.api-keys.test.name");
                assertThat(page.locator("#view")).not().containsText("TEST_API_KEY");
                assertThat(page.evaluate("JSON.stringify([Object.values(sessionStorage), Object.values(localStorage), document.cookie, location.href.includes('key')])"))
                        .isEqualTo("[[\"" + KEY + "\"],[],\"\",false]");
                page.locator("#key").click();
                assertThat(page.locator("#view")).containsText("Nothing is shown without a key");
                assertThat(page.evaluate("sessionStorage.length")).isEqualTo(0);
                assertThat(browser.faults()).allMatch(fault -> fault.contains("status of 401"));
            }
        }
    }
}
