package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.component.jms.JmsEndpoint;
import org.apache.camel.component.platform.http.PlatformHttpEndpoint;
import org.apache.camel.model.BeanDefinition;
import org.apache.camel.model.Model;
import org.apache.camel.model.OnExceptionDefinition;
import org.apache.camel.model.PolicyDefinition;
import org.apache.camel.model.ProcessorDefinition;
import org.apache.camel.model.ProcessorDefinitionHelper;
import org.apache.camel.model.RouteConfigurationDefinition;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.model.SplitDefinition;
import org.apache.camel.model.ThreadsDefinition;
import org.apache.camel.model.ToDefinition;
import org.apache.camel.model.ToDynamicDefinition;
import org.apache.camel.model.WireTapDefinition;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.model.language.MethodCallExpression;
import org.apache.camel.util.concurrent.ThreadType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every file in {@code routes/}, loaded by the program itself: there is no validator of the YAML DSL, so this is it. */
class RouteFilesIT {
    private static final Path ROUTES = Path.of("routes");
    private static final int MOST_STEPS = 12;
    /** Sent to by a bean, not by a route. */
    private static final Set<String> CALLED_FROM_JAVA = Set.of("direct:accept");

    @TempDir
    static Path folder;

    private static TestProgram program;
    private static CamelContext camel;
    private static List<RouteDefinition> routes;
    private static List<RouteConfigurationDefinition> configurations;

    @BeforeAll
    static void start() throws Exception {
        program = TestProgram.start(folder, TestProgram.ONE_POOL);
        camel = program.camel();
        Model model = camel.getCamelContextExtension().getContextPlugin(Model.class);
        routes = model.getRouteDefinitions();
        configurations = model.getRouteConfigurationDefinitions();
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @Test
    void everyRouteHasAnIdOfItsOwnAndSaysInOneSentenceWhatItDoes() {
        assertThat(routes).hasSizeGreaterThan(20);
        assertThat(routes).extracting(RouteDefinition::getRouteId).doesNotContainNull().doesNotHaveDuplicates().noneMatch(id -> id.matches("route\\d+"));
        assertThat(routes).allSatisfy(route -> assertThat(route.getDescriptionText()).as(route.getRouteId()).isNotNull().endsWith(".").doesNotContain(". "));
        assertThat(configurations).allSatisfy(c -> assertThat(c.getDescriptionText()).as(c.getId()).isNotNull().endsWith("."));
    }

    @Test
    void everyRouteRuns() {
        for (RouteDefinition route : routes) {
            assertThat(camel.getRouteController().getRouteStatus(route.getRouteId()).isStarted()).as(route.getRouteId()).isTrue();
        }
    }

    @Test
    void whatIsSentToDirectIsTakenFromThereAndTheOtherWayRound() {
        Set<String> consumed = routes.stream().map(route -> route.getInput().getEndpointUri()).filter(uri -> uri.startsWith("direct:"))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> sent = all(ToDefinition.class).stream().map(ToDefinition::getUri).filter(uri -> uri.startsWith("direct:"))
                .collect(Collectors.toCollection(TreeSet::new));
        deadLetterChannels().forEach(channel -> sent.add(channel.getDeadLetterUri()));
        sent.addAll(CALLED_FROM_JAVA);
        assertThat(sent).isEqualTo(consumed);
        assertThat(camel.getEndpoints().stream().filter(DirectEndpoint.class::isInstance)).allSatisfy(e -> assertThat(consumed).contains(e.getEndpointBaseUri().replace("://", ":").replaceFirst("^direct:ceiling-.*", "direct:ceiling-{{provider}}")));
    }

    @Test
    void everyBeanThatIsNamedIsBoundAndHasTheMethodNamed() {
        all(BeanDefinition.class).forEach(bean -> assertHasMethod(bean.getRef(), bean.getMethod()));
        onExceptions().filter(on -> on.getOnWhen() != null).forEach(on -> {
            var call = (MethodCallExpression) on.getOnWhen().getExpression();
            assertHasMethod(call.getRef(), call.getMethod());
        });
        all(PolicyDefinition.class).forEach(policy -> assertThat(camel.getRegistry().lookupByName(policy.getRef())).as(policy.getRef()).isNotNull());
        var reference = Pattern.compile("=#([\\w-]+)");
        all(ToDefinition.class).forEach(to -> reference.matcher(to.getUri()).results()
                .forEach(found -> assertThat(camel.getRegistry().lookupByName(found.group(1))).as(to.getUri()).isNotNull()));
    }

    private static void assertHasMethod(String ref, String method) {
        Object bean = camel.getRegistry().lookupByName(ref);
        assertThat(bean).as("bean " + ref).isNotNull();
        assertThat(Arrays.stream(bean.getClass().getMethods()).filter(m -> m.getName().equals(method))).as(ref + "." + method).hasSize(1);
    }

    @Test
    void noRouteIsLong() {
        assertThat(routes).allSatisfy(route -> assertThat(all(ProcessorDefinition.class, steps(route))).as(route.getRouteId()).hasSizeLessThanOrEqualTo(MOST_STEPS));
    }

    /** What a message goes through, without what handles its failures, which the routes of one configuration share. */
    private static List<ProcessorDefinition<?>> steps(RouteDefinition route) {
        var steps = new ArrayList<ProcessorDefinition<?>>(route.getOutputs());
        steps.removeIf(OnExceptionDefinition.class::isInstance);
        return steps;
    }

    @Test
    void noRouteHoldsAProgram() throws IOException {
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(text).as(file.toString()).doesNotContainPattern("\\b(groovy|joor|javascript|jexl|ognl|mvel|spel|python|script)\\b")
                    .doesNotContainPattern("\\$\\{[^}]*\\$\\{");
        }
    }

    /** Traps 1 and 2: consume and send in one session, from one factory, on one thread. */
    @Test
    void everyJmsEndpointTakesPartInOneCommit() {
        List<JmsEndpoint> endpoints = camel.getEndpoints().stream().filter(JmsEndpoint.class::isInstance).map(JmsEndpoint.class::cast).toList();
        assertThat(endpoints).hasSizeGreaterThan(5);
        assertThat(endpoints.stream().map(e -> e.getConfiguration().getConnectionFactory()).distinct()).as("one factory object").hasSize(1);
        assertThat(camel.getRoutes().stream().filter(route -> route.getEndpoint() instanceof JmsEndpoint)).as("the lanes and mail.submit")
                .hasSize(program.config().providers().size() + 1);
        for (var route : camel.getRoutes()) {
            if (route.getEndpoint() instanceof JmsEndpoint from) {
                assertThat(from.isTransacted()).as(from.getEndpointUri()).isTrue();
                assertThat(from.isLazyCreateTransactionManager()).as(from.getEndpointUri()).isFalse();
                assertThat(from.getCacheLevelName()).as(from.getEndpointUri()).isEqualTo("CACHE_CONSUMER");
                assertThat(from.getConfiguration().getTransactionManager()).as(from.getEndpointUri()).isNull();
                assertThat(from.isAsyncConsumer()).as(from.getEndpointUri()).isFalse();
            }
        }
    }

    @Test
    void nothingLeavesTheConsumersThread() {
        assertThat(all(ThreadsDefinition.class)).isEmpty();
        assertThat(all(WireTapDefinition.class)).isEmpty();
        assertThat(all(ToDynamicDefinition.class)).as("an address from a message").isEmpty();
        assertThat(all(SplitDefinition.class)).allSatisfy(split -> assertThat(split.getParallelProcessing()).isNull());
        assertThat(all(ToDefinition.class)).noneMatch(to -> to.getUri().startsWith("seda:") || to.getUri().startsWith("vm:"));
    }

    /** Trap 15: they pin their carriers where Angus synchronizes, before JDK 24. */
    @Test
    void noThreadIsVirtual() {
        assertThat(ThreadType.current()).isEqualTo(ThreadType.PLATFORM);
    }

    /** Trap 3: its default would commit a message whose dead letter could not be sent. */
    @Test
    void everyDeadLetterChannelFailsWithItsSend() {
        assertThat(deadLetterChannels()).isNotEmpty().allSatisfy(channel -> {
            assertThat(channel.getDeadLetterHandleNewException()).isEqualTo("false");
            assertThat(channel.getRedeliveryPolicy().getMaximumRedeliveries()).as("waiting is done in the store, not on the consumer").isEqualTo("0");
        });
    }

    /** Trap 11: a handler around the balancer's children would swallow the failure that it has to see. */
    @Test
    void theBalancerAndThePoolsHaveNoErrorHandler() {
        assertThat(routes.stream().filter(route -> route.getRouteId().equals("balance") || route.getRouteId().startsWith("pool-")))
                .hasSize(1 + program.config().pools().size())
                .allSatisfy(route -> assertThat(route.getErrorHandlerFactory()).isInstanceOf(NoErrorHandlerDefinition.class));
    }

    /** Trap 13. */
    @Test
    void httpServesNothingButTheApiAndTheDashboard() {
        List<PlatformHttpEndpoint> endpoints = camel.getRoutes().stream().map(r -> r.getEndpoint()).filter(PlatformHttpEndpoint.class::isInstance)
                .map(PlatformHttpEndpoint.class::cast).toList();
        assertThat(endpoints).isNotEmpty().allSatisfy(endpoint -> {
            assertThat(endpoint.getPath()).satisfiesAnyOf(path -> assertThat(path).startsWith("/v1/"), path -> assertThat(path).isIn("/", "/dashboard/{file}"));
            assertThat(endpoint.isMatchOnUriPrefix()).as("no path below it").isFalse();
            assertThat(endpoint.getHttpMethodRestrict()).isNotNull();
            assertThat(endpoint.isMuteException()).as("no stack trace to a stranger").isTrue();
        });
    }

    @Test
    void theReadmeListsEveryFileAndRoute() throws IOException {
        String readme = Files.readString(ROUTES.resolve("README.md"));
        assertThat(files()).allSatisfy(file -> assertThat(readme).contains("| `" + file.getFileName().toString().replace(".camel.yaml", "") + "` |"));
        Set<String> named = Pattern.compile("`([a-z][a-z<>-]*)`").matcher(readme).results().map(found -> found.group(1)).collect(Collectors.toSet());
        assertThat(routes).allSatisfy(route -> assertThat(named).contains(route.getRouteId().replaceFirst("^lane-.*", "lane-<provider>").replaceFirst("^ceiling-.*", "ceiling-<provider>").replaceFirst("^pool-.*", "pool-<pool>")));
        Set<String> ids = routes.stream().map(RouteDefinition::getRouteId).collect(Collectors.toSet());
        assertThat(named.stream().filter(name -> !name.contains("<")).filter(name -> !ids.contains(name))).as("named, but no route").isEmpty();
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(ROUTES)) {
            return files.filter(file -> file.toString().endsWith(".camel.yaml")).sorted().toList();
        }
    }

    private static Stream<OnExceptionDefinition> onExceptions() {
        return configurations.stream().flatMap(configuration -> configuration.getOnExceptions().stream());
    }

    private static List<DeadLetterChannelDefinition> deadLetterChannels() {
        return configurations.stream().map(RouteConfigurationDefinition::getErrorHandler).filter(handler -> handler != null)
                .map(handler -> handler.getErrorHandlerType()).filter(DeadLetterChannelDefinition.class::isInstance).map(DeadLetterChannelDefinition.class::cast).toList();
    }

    private static <T> List<T> all(Class<T> type) {
        List<ProcessorDefinition<?>> roots = new ArrayList<>(routes);
        onExceptions().forEach(roots::add);
        return all(type, roots);
    }

    private static <T> List<T> all(Class<T> type, Collection<? extends ProcessorDefinition<?>> roots) {
        return roots.stream().flatMap(root -> ProcessorDefinitionHelper.filterTypeInOutputs(root.getOutputs(), type).stream()).toList();
    }
}
