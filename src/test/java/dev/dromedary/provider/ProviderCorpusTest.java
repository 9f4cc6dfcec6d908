package dev.dromedary.provider;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * How far the built-in providers agree with lists that others made. A family agrees where its domains are given the same provider, and that
 * is not {@code other}: the names of families are the lists' own.
 */
class ProviderCorpusTest {
    private static final Path CORPORA = Path.of("../shared/data/providers");
    private final ProviderDirectory directory = new ProviderDirectory(BuiltInProviders.load(), null);

    @Test
    void givesTheDomainsOfAFamilyTheSameProvider() throws IOException {
        var agreement = new Agreement(rows("domain_provider.tsv"), directory::providerOf);

        assertThat(agreement.share()).as(agreement.toString()).isGreaterThanOrEqualTo(0.97);
    }

    @Test
    void givesTheMxHostsOfAFamilyTheSameProvider() throws IOException {
        var agreement = new Agreement(rows("mx_provider.tsv"), pattern -> directory.providerOfMxHost(pattern.replace("*", "x1")));

        assertThat(agreement.share()).as(agreement.toString()).isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void claimsMostDomainsThatTheListsKnow() throws IOException {
        List<String[]> rows = rows("domain_provider.tsv");
        List<String> unclaimed = rows.stream().map(row -> row[0]).filter(domain -> directory.providerOf(domain).equals(ProviderDirectory.OTHER)).toList();

        assertThat(1 - (double) unclaimed.size() / rows.size()).as("unclaimed: %s", unclaimed).isGreaterThanOrEqualTo(0.6);
    }

    private static List<String[]> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(CORPORA.resolve(file));
        return lines.subList(1, lines.size()).stream().map(line -> line.split("\t", -1)).toList();
    }

    /** Over the rows that have a family. */
    private static final class Agreement {
        private final Map<String, Map<String, List<String>>> families = new HashMap<>();
        private int rows;

        Agreement(List<String[]> all, UnaryOperator<String> providerOf) {
            for (String[] row : all) {
                if (!row[1].isEmpty()) {
                    rows++;
                    families.computeIfAbsent(row[1], unseen -> new HashMap<>()).computeIfAbsent(providerOf.apply(row[0]), unseen -> new ArrayList<>()).add(row[0]);
                }
            }
        }

        double share() {
            int agreeing = families.values().stream().mapToInt(byProvider -> byProvider.entrySet().stream()
                    .map(entry -> entry.getKey().equals(ProviderDirectory.OTHER) ? 0 : entry.getValue().size()).max(Integer::compare).orElse(0)).sum();
            return (double) agreeing / rows;
        }

        @Override
        public String toString() {
            var text = new StringBuilder("agreement " + share() + " of " + rows);
            families.forEach((family, byProvider) -> {
                int most = Collections.max(byProvider.values().stream().map(List::size).toList());
                byProvider.forEach((provider, domains) -> {
                    if (provider.equals(ProviderDirectory.OTHER) || domains.size() < most) {
                        text.append("\n").append(family).append(" -> ").append(provider).append(": ").append(domains);
                    }
                });
            });
            return text.toString();
        }
    }
}
