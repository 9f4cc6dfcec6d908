package dev.dromedary.config;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Send windows as people write them: days, hours and a time zone, {@code Mon-Fri 08:00-20:00 Europe/Berlin}. */
final class SendWindowText {
    static final String FORM = "days, hours and zone, such as Mon-Fri 08:00-20:00 Europe/Berlin or Sat Sun 10:00-16:00 UTC";
    private static final Pattern SHAPE = Pattern.compile("(?:(\\S.*?)\\s+)?(\\d\\d?:\\d\\d)-(\\d\\d?:\\d\\d)\\s+(\\S+)");
    private static final List<String> DAYS = List.of("mon", "tue", "wed", "thu", "fri", "sat", "sun");

    private SendWindowText() {
    }

    static SendWindow parse(String text) {
        Matcher shape = SHAPE.matcher(text.strip());
        if (!shape.matches()) {
            throw BadValue.write(FORM);
        }
        LocalTime from = time(shape.group(2), false);
        LocalTime to = time(shape.group(3), true);
        if (from.equals(to) && !shape.group(3).equals("24:00")) {
            throw new BadValue(ConfigCode.BAD_VALUE, shape.group(2) + "-" + shape.group(3) + " is no time at all: write 00:00-24:00 for the whole day");
        }
        return new SendWindow(shape.group(1) == null ? EnumSet.allOf(DayOfWeek.class) : days(shape.group(1)), from, to, zone(shape.group(4)), text.strip());
    }

    private static Set<DayOfWeek> days(String text) {
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        for (String word : text.toLowerCase(Locale.ROOT).split("\\s+")) {
            int dash = word.indexOf('-');
            DayOfWeek day = day(dash < 0 ? word : word.substring(0, dash));
            DayOfWeek last = dash < 0 ? day : day(word.substring(dash + 1));
            days.add(day);
            while (day != last) {
                day = day.plus(1);
                days.add(day);
            }
        }
        return days;
    }

    private static DayOfWeek day(String word) {
        int index = DAYS.indexOf(word);
        if (index < 0) {
            throw new BadValue(ConfigCode.BAD_VALUE, "\"" + word + "\" is no day: write Mon, Tue, Wed, Thu, Fri, Sat or Sun, or two of them with a dash");
        }
        return DayOfWeek.of(index + 1);
    }

    private static LocalTime time(String text, boolean end) {
        if (end && text.equals("24:00")) {
            return LocalTime.MIDNIGHT;
        }
        try {
            return LocalTime.parse(text.length() == 4 ? "0" + text : text);
        } catch (DateTimeException none) {
            throw new BadValue(ConfigCode.BAD_VALUE, text + " is no time of day: write hours and minutes from 00:00 to " + (end ? "24:00" : "23:59"));
        }
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException unknown) {
            throw new BadValue(ConfigCode.BAD_VALUE, "\"" + text + "\" is no time zone: write one such as Europe/Berlin, America/New_York or UTC");
        }
    }
}
