package dev.dromedary.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.dromedary.config.DromedaryConfig.Provider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProviderDirectoryTest {

    @ParameterizedTest
    @CsvSource({
        "gmail.com, google", "hotmail.co.uk, microsoft", "outlook.com, microsoft", "live.com, microsoft", "yahoo.com, yahoo", "yahoo.com.br, yahoo",
        "aol.com, yahoo", "verizon.net, yahoo", "yahoo.co.jp, yahoo-japan", "icloud.com, apple", "comcast.net, comcast", "orange.fr, orange", "web.de, gmx",
        "mail.com, gmx", "gmx.at, gmx", "mail.ru, mailru", "yandex.com.tr, yandex", "qq.com, qq", "163.com, netease163", "example.com, other",
        "notgmail.com, other", "gmail.com.example.org, other", "[192.0.2.1], other", "com, other"})
    void knowsTheProvidersThatComeWithTheProgram(String domain, String provider) {
        assertThat(builtIn().providerOf(domain)).isEqualTo(provider);
    }

    @ParameterizedTest
    @CsvSource({
        "aspmx.l.google.com, google", "ASPMX.L.GOOGLE.COM., google", "notgoogle.com, other", "example-com.mail.protection.outlook.com, microsoft",
        "mx-eu.mail.am0.yahoodns.net, yahoo", "mx01.mail.icloud.com, apple", "mx00.emig.gmx.net, gmx", "mx1.example.com, other",
        "inbound-smtp.eu-west-1.amazonaws.com, amazon", "ec2-192-0-2-1.compute.amazonaws.com, other"})
    void knowsWhoRunsAnMxHost(String host, String provider) {
        assertThat(builtIn().providerOfMxHost(host)).isEqualTo(provider);
    }

    @Test
    void saysHowItKnows() {
        assertThat(builtIn().resolve("hotmail.fr")).isEqualTo(new Resolution.ByPattern("microsoft", DomainPattern.parse("hotmail.*")));
        assertThat(builtIn().resolve("hotmail.fr").reason()).isEqualTo("pattern hotmail.*");
        assertThat(builtIn().resolve("example.com")).isEqualTo(new Resolution.Unclaimed("no pattern matches"));
    }

    @Test
    void letsALaterProviderTakeAPatternAndReportsIt() {
        Map<String, Provider> providers = new LinkedHashMap<>(BuiltInProviders.load());
        providers.put("mine", provider("mine", "gmail.com"));
        var directory = new ProviderDirectory(providers, null);

        assertThat(directory.providerOf("gmail.com")).isEqualTo("mine");
        assertThat(directory.providerOf("googlemail.com")).isEqualTo("google");
        assertThat(directory.overlaps()).containsExactly("gmail.com: mine takes it from google");
    }

    @Test
    void refusesAProviderWithABadPattern() {
        assertThatThrownBy(() -> new ProviderDirectory(Map.of("mine", provider("mine", "*edu")), null)).hasMessageStartingWith("[DOMAIN_PATTERN_INVALID]");
    }

    @Test
    void builtInProvidersClaimNoPatternTwiceAndKeepTheLimitsOfTheField() {
        Map<String, Provider> providers = BuiltInProviders.load();

        assertThat(builtIn().overlaps()).isEmpty();
        assertThat(providers).containsKey(ProviderDirectory.OTHER);
        assertThat(providers.values()).allSatisfy(provider -> assertThat(provider.consumers()).isPositive());
        assertThat(providers.get("google")).extracting(Provider::maxConnections, Provider::messagesPerConnection).containsExactly(5, 50);
        assertThat(providers.get("orange")).extracting(Provider::maxConnections, Provider::messagesPerConnection).containsExactly(2, 100);
        assertThat(providers.get("yahoo")).extracting(Provider::maxConnections, Provider::messagesPerConnection).containsExactly(null, 20);
    }

    @Test
    void everyPatternAndSuffixIsWrittenAsItIsRead() {
        assertThat(BuiltInProviders.load().values()).allSatisfy(provider -> {
            assertThat(provider.patterns()).doesNotHaveDuplicates().allSatisfy(text -> assertThat(DomainPattern.parse(text)).hasToString(text));
            assertThat(provider.mx()).doesNotHaveDuplicates().allSatisfy(text -> assertThat(DomainPattern.parse(text)).hasToString(text));
        });
    }

    private static ProviderDirectory builtIn() {
        return new ProviderDirectory(BuiltInProviders.load(), null);
    }

    private static Provider provider(String id, String pattern) {
        return new Provider(id, List.of(pattern), List.of(), null, 1, null, null);
    }
}
