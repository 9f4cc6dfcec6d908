package dev.dromedary.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class AddressCommandTest {

    @Test
    void answersEachLineInOrder() {
        assertThat(run("""
                "a@example.com"
                "a@@example.com"
                "a\\r\\nb@example.com"
                "\\u4f0a@example.com"

                a@example.com
                "a@example.com" "b"
                42
                "a@example.com"
                """)).isEqualTo("true\nfalse\nfalse\ntrue\nfalse\nfalse\nfalse\nfalse\ntrue\n");
    }

    @Test
    void explainsOnRequest() {
        assertThat(run("\"A@EXAMPLE.com\"\n\"a b@example.com\"\n", "--explain"))
                .startsWith("true\tA@example.com\nfalse\t[ADDRESS_MALFORMED] address: a b@example.com; the local part holds a space");
    }

    private static String run(String in, String... arguments) {
        var out = new ByteArrayOutputStream();
        var command = new AddressCommand(new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)), out);
        assertThat(new CommandLine(command).execute(arguments)).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }
}
