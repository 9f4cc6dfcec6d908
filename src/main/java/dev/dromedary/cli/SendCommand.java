package dev.dromedary.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Hands one message to a running Dromedary. */
@Command(name = "send", description = "Send one message through a running Dromedary.", mixinStandardHelpOptions = true)
public final class SendCommand implements Callable<Integer> {
    @Mixin
    private ApiClient api = new ApiClient();

    @Option(names = "--from", required = true, paramLabel = "ADDRESS", description = "the sender")
    private String from = "";

    @Option(names = "--subject", paramLabel = "TEXT", description = "the subject")
    private String subject = "";

    @Option(names = "--text", paramLabel = "TEXT", description = "the text; standard input where not given")
    private String text = "";

    @Option(names = "--stream", paramLabel = "ID", description = "the kind of mail")
    private String stream = "default";

    @Parameters(arity = "1..*", paramLabel = "TO", description = "the recipients")
    private List<String> to = List.of();

    @Override
    public Integer call() throws Exception {
        String body = text.isEmpty() ? new String(System.in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8) : text;
        Map<String, Object> message = new LinkedHashMap<>();
        message.put("from", from);
        message.put("to", to);
        message.put("subject", subject);
        message.put("text", body);
        message.put("stream", stream);
        return api.print("POST", "/v1/messages", "application/json", new ObjectMapper().writeValueAsBytes(message));
    }
}
