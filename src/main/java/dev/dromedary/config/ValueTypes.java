package dev.dromedary.config;

import java.net.IDN;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of value that keys take. */
final class ValueTypes {
    private static final Pattern HOST = Pattern.compile("(?i)[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?(\\.[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?)*\\.?");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private static final Pattern SERVER = Pattern.compile("\\[([0-9a-fA-F:.]+)](?::(\\d{1,5}))?|([0-9.]+)(?::(\\d{1,5}))?|([0-9a-fA-F:.]+)");
    private static final String SERVER_FORM = "an IP address with or without a port, such as 192.0.2.53 or [2001:db8::53]:5353";

    static final ValueType<Boolean> FLAG = ValueType.of("true or false", ValueTypes::flag);
    static final ValueType<Integer> PORT = whole(1, 65535);
    static final ValueType<Integer> LISTENER_PORT = whole(0, 65535);
    static final ValueType<Rate> RATE = ValueType.of(RateText.FORM, RateText::parse);
    static final ValueType<Waits> WAITS = ValueType.of(WaitsText.FORM, WaitsText::parse);
    static final ValueType<SendWindow> SEND_WINDOW = ValueType.of(SendWindowText.FORM, SendWindowText::parse);
    static final ValueType<String> ID = matching("lower-case letters, digits, - and _, beginning with a letter or digit, at most 63", "[a-z0-9][a-z0-9_-]{0,62}");
    static final ValueType<String> NAME = matching("1 to 128 visible characters without spaces", "[\\x21-\\x7e]{1,128}");
    static final ValueType<String> TEXT = matching("text of 1 to 1000 characters on one line", "[^\\p{Cntrl}]{1,1000}");
    static final ValueType<String> HOST_NAME = checked("a host name or an IP address", ValueTypes::isHost);
    static final ValueType<String> IP = checked("an IP address, such as 192.0.2.1 or 2001:db8::1", Addresses::isLiteral);
    static final ValueType<String> SHA256 = ValueType.of("64 hex digits, as sha256sum prints them", ValueTypes::sha256);
    static final ValueType<String> VARIABLE_NAME = checked("the name of an environment variable", text -> VARIABLE.matcher(text).matches());
    static final ValueType<String> PATTERN = ValueType.of("domain patterns: example.com, *.example.com or *", ValueTypes::pattern);
    static final ValueType<String> RECIPIENTS = ValueType.of("domain patterns or provider:ID", ValueTypes::pattern);
    static final ValueType<URI> NAME_SERVER = ValueType.of(SERVER_FORM, ValueTypes::nameServer);

    private ValueTypes() {
    }

    static ValueType<Integer> whole(int min, int max) {
        String form = "a whole number from " + min + " to " + max;
        return ValueType.of(form, text -> {
            if (!text.matches("-?\\d{1,18}")) {
                throw BadValue.write(form);
            }
            long number = Long.parseLong(text);
            if (number < min || number > max) {
                throw BadValue.outside(form);
            }
            return (int) number;
        });
    }

    static ValueType<Double> decimal(double min, double max) {
        String form = "a number from " + trim(min) + " to " + trim(max);
        return ValueType.of(form, text -> {
            if (!text.matches("-?\\d{1,9}(\\.\\d{1,9})?")) {
                throw BadValue.write(form);
            }
            double number = Double.parseDouble(text);
            if (number < min || number > max) {
                throw BadValue.outside(form);
            }
            return number;
        });
    }

    private static String trim(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }

    static ValueType<Duration> duration(String min, String max) {
        Duration least = DurationText.parse(min);
        Duration most = DurationText.parse(max);
        String range = "a duration from " + min + " to " + max;
        return ValueType.of(range, text -> {
            Duration duration = DurationText.parse(text);
            if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
                throw BadValue.outside(range);
            }
            return duration;
        });
    }

    static ValueType<Long> size(String min, String max) {
        long least = SizeText.parse(min);
        long most = SizeText.parse(max);
        String range = "a size from " + min + " to " + max;
        return ValueType.of(range, text -> {
            long size = SizeText.parse(text);
            if (size < least || size > most) {
                throw BadValue.outside(range);
            }
            return size;
        });
    }

    static <E extends Enum<E>> ValueType<E> choice(Class<E> type) {
        List<E> all = Arrays.asList(type.getEnumConstants());
        List<String> names = all.stream().map(ValueTypes::word).toList();
        int last = names.size() - 1;
        String form = String.join(", ", names.subList(0, last)) + " or " + names.get(last);
        return ValueType.of(form, text -> {
            int index = names.indexOf(text.toLowerCase(Locale.ROOT));
            if (index < 0) {
                throw BadValue.write(form);
            }
            return all.get(index);
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static ValueType<String> matching(String form, String regex) {
        Pattern shape = Pattern.compile(regex);
        return checked(form, text -> shape.matcher(text).matches());
    }

    private static ValueType<String> checked(String form, Predicate<String> valid) {
        return ValueType.of(form, text -> {
            if (!valid.test(text)) {
                throw BadValue.write(form);
            }
            return text;
        });
    }

    /** YAML 1.1 also has yes, no, on and off; one way to say it is enough, and "no" is also a country. */
    private static boolean flag(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw BadValue.write("true or false");
        };
    }

    private static boolean isHost(String text) {
        boolean numeric = text.contains(":") || text.matches("[0-9.]+");
        return numeric ? Addresses.isLiteral(text) : text.length() <= 253 && HOST.matcher(text).matches();
    }

    private static String sha256(String text) {
        if (!text.matches("[0-9a-fA-F]{64}")) {
            throw BadValue.write("64 hex digits, as in: printf %s \"$SECRET\" | sha256sum");
        }
        return text.toLowerCase(Locale.ROOT);
    }

    /** Lower case and A-labels, so that equal patterns are equal texts; the syntax is the pattern rules' matter. */
    private static String pattern(String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        if (lower.chars().allMatch(c -> c < 128)) {
            return lower;
        }
        try {
            return IDN.toASCII(lower);
        } catch (IllegalArgumentException noDomain) {
            throw new BadValue(ConfigCode.BAD_PATTERN, "write a domain that can be turned into A-labels");
        }
    }

    private static URI nameServer(String text) {
        Matcher shape = SERVER.matcher(text);
        if (!shape.matches()) {
            throw BadValue.write(SERVER_FORM);
        }
        String host = firstOf(shape, 1, 3, 5, "");
        String port = firstOf(shape, 2, 4, 4, "53");
        if (!Addresses.isLiteral(host)) {
            throw BadValue.write(SERVER_FORM);
        }
        return URI.create("dns://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + PORT.read(port));
    }

    private static String firstOf(Matcher shape, int one, int two, int three, String otherwise) {
        for (int group : new int[] {one, two, three}) {
            if (shape.group(group) != null) {
                return shape.group(group);
            }
        }
        return otherwise;
    }
}
