package dev.dromedary.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.dromedary.message.EmailAddress;
import dev.dromedary.message.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which of many addresses SMTP can take, one answer a line. */
@Command(
        name = "address",
        mixinStandardHelpOptions = true,
        description = {
            "Reads JSON strings, one a line, and prints for each whether it is usable as an SMTP recipient: true or false.",
            "A line that is no JSON string is false."})
public final class AddressCommand implements Callable<Integer> {
    private static final ObjectReader JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).reader();
    private final InputStream in;
    private final OutputStream out;

    @Option(names = "--explain", description = "After a tab, print the address in its canonical form, or what is wrong with it.")
    private boolean explain;

    public AddressCommand() {
        this(System.in, System.out);
    }

    AddressCommand(InputStream in, OutputStream out) {
        this.in = in;
        this.out = out;
    }

    @Override
    public Integer call() throws IOException {
        new LineDialogue(in, out).run(this::answer);
        return 0;
    }

    private String answer(String line) {
        try {
            JsonNode value = JSON.readTree(line);
            if (!value.isTextual()) {
                return explained("false", "the line is no JSON string");
            }
            return explained("true", EmailAddress.parse(value.textValue()).toString());
        } catch (JsonProcessingException malformed) {
            return explained("false", "the line is no JSON string");
        } catch (RefusedException refused) {
            return explained("false", refused.refusal().text());
        }
    }

    private String explained(String answer, String reason) {
        return explain ? answer + "\t" + reason : answer;
    }
}
