package dev.dromedary.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Values of pom.xml. */
final class PomFile {
    private PomFile() {
    }

    /** What the first element of this name holds. */
    static String value(String element) throws IOException {
        Matcher matcher = Pattern.compile("<" + Pattern.quote(element) + ">([^<]+)</").matcher(Files.readString(Path.of("pom.xml")));
        if (!matcher.find()) {
            throw new AssertionError("no " + element + " in pom.xml");
        }
        return matcher.group(1);
    }
}
