package dev.dromedary.camel;

import dev.dromedary.message.RefusalCode;
import dev.dromedary.message.RefusedException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What every call of the HTTP API begins and ends with. */
final class ApiCall {
    private static final String BY = "by";
    private final ApiGate gate;

    ApiCall(ApiGate gate) {
        this.gate = gate;
    }

    /**
     * Takes what is asked for out of headers and parameters, drops all others, and lets the caller in or not.
     *
     * @return name to value, without those that were not given
     * @throws RefusedException where the caller is not let in
     */
    Map<String, String> open(Exchange exchange, String... names) {
        Message in = exchange.getMessage();
        var caller = caller(in);
        var asked = new HashMap<String, String>();
        for (String name : names) {
            String value = in.getHeader(name, String.class);
            if (value != null) {
                asked.put(name, value);
            }
        }
        in.removeHeaders("*");
        exchange.setProperty(BY, gate.check(caller));
        asked.forEach((name, value) -> {
            // The database keeps no text with it.
            if (value.indexOf('\0') >= 0) {
                throw new RefusedException(RefusalCode.FIELD_INVALID, name, value.replace('\0', '␀'), "write it without U+0000");
            }
        });
        return asked;
    }

    static ApiGate.Caller caller(Message in) {
        return new ApiGate.Caller(in.getHeader("Authorization", String.class), in.getHeader("Host", String.class), in.getHeader("Origin", String.class));
    }

    Map<String, String> open(Exchange exchange, List<String> names, String... others) {
        return open(exchange, Stream.concat(names.stream(), Stream.of(others)).toArray(String[]::new));
    }

    /** The name of the caller's key, once {@link #open} has let it in. */
    static String by(Exchange exchange) {
        return exchange.getProperty(BY, ApiGate.NO_KEY, String.class);
    }

    /** @param body a record, map or list of plain values, sent as JSON */
    static void answer(Exchange exchange, int code, Object body) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, code);
        exchange.getMessage().setHeader("Content-Type", "application/json");
        exchange.getMessage().setBody(ApiJson.bytes(body));
    }

    /** @throws RefusedException where the parameter is given and is no whole number from 0 to the most */
    static int number(Map<String, String> asked, String name, int usual, int most) {
        String value = asked.get(name);
        try {
            int number = value == null ? usual : Integer.parseInt(value);
            if (number >= 0 && number <= most) {
                return number;
            }
        } catch (NumberFormatException notOne) {
            // Said below, with the value.
        }
        throw new RefusedException(RefusalCode.FIELD_INVALID, name, value, "write a whole number from 0 to " + most);
    }
}
