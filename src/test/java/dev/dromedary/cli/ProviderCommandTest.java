package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.provider.BuiltInProviders;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ProviderCommandTest {

    @Test
    void answersEachDomainInOrderAndEchoesItAsGiven() {
        assertThat(run("GMail.com\n\nexample.com \nnot a domain\nYAHOO.co.uk\n")).isEqualTo("GMail.com\tgoogle\n\tother\nexample.com \tother\nnot a domain\tother\nYAHOO.co.uk\tyahoo\n");
    }

    @Test
    void explainsOnRequest() {
        assertThat(run("gmail.com\n", "--explain")).isEqualTo("gmail.com\tgoogle\tpattern gmail.com\n");
    }

    @Test
    void tellsWhoRunsAnMxHost() {
        assertThat(run("", "--mx-host", "aspmx.l.google.com", "--mx-host", "mx.example")).isEqualTo("aspmx.l.google.com\tgoogle\nmx.example\tother\n");
        assertThat(run("mx.yandex.net\n", "--mx-host", "-")).isEqualTo("mx.yandex.net\tyandex\n");
    }

    private static String run(String in, String... arguments) {
        var out = new ByteArrayOutputStream();
        var command = new ProviderCommand(BuiltInProviders::load, new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), out);
        assertThat(new CommandLine(command).execute(arguments)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}
