package dev.dromedary.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.config.ConfigInForce.Source;
import dev.dromedary.config.ConfigInForce.Value;
import dev.dromedary.provider.BuiltInProviders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigInForceTest {
    @TempDir
    private Path directory;

    private Map<String, Value> load(String yaml, Map<String, String> env) throws IOException {
        Files.writeString(directory.resolve(ConfigLoader.FILE), yaml);
        return new ConfigLoader(BuiltInProviders.load()).load(directory, Path.of("data"), env).inForce().values().stream().collect(Collectors.toMap(Value::key, Function.identity()));
    }

    @Test
    void everyValueSaysWhereItComesFrom() throws IOException {
        var values = load("""
                http: {max-body: 2MB}
                pools:
                  - {id: corp, host: smtp.example.net, rate: 100/min}
                """, Map.of("DROMEDARY_HTTP_PORT", "9000"));
        assertThat(values.get("http.max-body").value()).isEqualTo("2MB");
        assertThat(values.get("http.max-body").source()).isEqualTo(Source.FILE);
        assertThat(values.get("http.max-body").place()).endsWith("dromedary.yaml:1");
        assertThat(values.get("http.port")).extracting(Value::value, Value::source, Value::place).containsExactly("9000", Source.ENVIRONMENT, "DROMEDARY_HTTP_PORT");
        assertThat(values.get("retry.max-retries").source()).isEqualTo(Source.DEFAULT);
        assertThat(values.get("retry.max-retries").place()).isNull();
        assertThat(values.get("pools.corp.rate").value()).isEqualTo("100/min");
        assertThat(values.get("pools.corp.username").value()).isNull();
        assertThat(values.get("health.interval").value()).isEqualTo("1m");
    }

    @Test
    void noSecretIsShownNorWhatNamesOrHashesOne() throws IOException {
        var values = load("""
                http: {api-keys: [{name: ops, sha256: %s}, {name: ci, key-env: THE_NAME}]}
                broker: {mode: external, url: "tcp://broker:61616?trustStorePath=x&sslToken=hush&tcpNoDelay=true", user: me, password-env: THE_NAME}
                pools:
                  - {id: corp, host: smtp.example.net, username: me}
                """.formatted("ab".repeat(32)), Map.of("THE_NAME", "hush-hush-hush-hush-hush-hush", "DROMEDARY_POOLS_CORP_PASSWORD", "hush"));
        String all = values.values().toString();
        assertThat(all).doesNotContain("hush").doesNotContain("THE_NAME").doesNotContain("abab");
        assertThat(values.get("broker.url").value()).isEqualTo("tcp://broker:61616?trustStorePath=x&sslToken=***&tcpNoDelay=true");
        assertThat(values.get("pools.corp.password").value()).isEqualTo(ConfigInForce.HIDDEN);
    }
}
