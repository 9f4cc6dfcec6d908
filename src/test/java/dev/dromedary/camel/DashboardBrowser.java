package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Assumptions;

/** The system's own Chromium, of the variable CHROMIUM or from the usual places. None is downloaded. Tests without one are skipped. */
final class DashboardBrowser implements AutoCloseable {
    private static final List<String> PLACES = List.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome");

    private final Playwright playwright;
    private final Browser browser;
    private final String origin;
    /** What was asked of another server, what the policy of the page forbade, and what its console called an error. */
    private final List<String> faults = new CopyOnWriteArrayList<>();

    private DashboardBrowser(Playwright playwright, Path chromium, int port) {
        this.playwright = playwright;
        this.origin = "http://127.0.0.1:" + port;
        this.browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(chromium).setArgs(List.of("--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu")));
    }

    static DashboardBrowser open(int port) {
        List<String> places = System.getenv("CHROMIUM") == null ? PLACES : List.of(System.getenv("CHROMIUM"));
        Path chromium = places.stream().map(Path::of).filter(Files::isExecutable).findFirst().orElse(null);
        Assumptions.assumeTrue(chromium != null, "no Chromium at " + places + ": install it, or set CHROMIUM to its path");
        Playwright playwright = Playwright.create(new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        try {
            return new DashboardBrowser(playwright, Objects.requireNonNull(chromium), port);
        } catch (RuntimeException e) {
            playwright.close();
            throw e;
        }
    }

    /** A tab of its own, with storage of its own, on a view such as {@code matrix}. */
    Page page(int width, ColorScheme scheme, String view) {
        BrowserContext context = browser.newContext(new Browser.NewContextOptions().setViewportSize(width, 900).setColorScheme(scheme).setReducedMotion(ReducedMotion.REDUCE));
        context.setDefaultTimeout(TestProgram.PATIENCE.toMillis());
        context.addInitScript("document.addEventListener('securitypolicyviolation', e => console.error('policy: ' + e.violatedDirective + ' ' + e.blockedURI));");
        Page page = context.newPage();
        page.onRequest(request -> {
            if (!request.url().startsWith(origin + "/") && !request.url().startsWith("data:")) {
                faults.add("outside request: " + request.url());
            }
        });
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                faults.add("console: " + message.text() + " " + message.location());
            }
        });
        page.onPageError(error -> faults.add("script: " + error));
        page.onDialog(dialog -> {
            faults.add("dialog: " + dialog.message());
            dialog.dismiss();
        });
        page.navigate(origin + "/#/" + view);
        return page;
    }

    List<String> faults() {
        return faults;
    }

    /** What axe-core finds to be of serious or critical impact. */
    static List<String> seriousFindings(Page page) {
        return new AxeBuilder(page).analyze().getViolations().stream().filter(rule -> List.of("serious", "critical").contains(rule.getImpact()))
                .flatMap(rule -> rule.getNodes().stream().map(node -> rule.getId() + ": " + node.getTarget() + " " + node.getFailureSummary())).toList();
    }

    static void assertFits(Page page, String what) {
        assertThat(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).as(what + " is as wide as the window").satisfies(more -> assertThat(((Number) more).intValue()).isLessThanOrEqualTo(0));
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
