package dev.dromedary.message;

/** One label of a domain name, already mapped: checked (RFC 5891 section 4.2, RFC 5892) and written as an A-label where it is not ASCII. */
final class IdnaLabel {
    private static final String ACE_PREFIX = "xn--";
    private static final String VIRAMAS = "\u094D\u09CD\u0A4D\u0ACD\u0B4D\u0BCD\u0C4D\u0CCD\u0D4D\u0DCA\u0F84\u1039\u17D2";

    private IdnaLabel() {
    }

    static String toAscii(String label) {
        checkHyphens(label);
        if (label.startsWith(ACE_PREFIX)) {
            checkALabel(label);
            return checkLength(label, label);
        }
        label.codePoints().filter(c -> c < 128 && c != '-' && !DomainName.isLetterOrDigit(c)).findFirst().ifPresent(c -> {
            throw new MalformedDomainException("the domain holds " + CodePoints.name(c) + ": write letters, digits, hyphens and dots only");
        });
        if (label.chars().allMatch(c -> c < 128)) {
            return checkLength(label, label);
        }
        checkUnicode(label);
        BidiRule.check(label);
        return checkLength(label, ACE_PREFIX + Punycode.encode(label));
    }

    private static void checkHyphens(String label) {
        if (label.isEmpty()) {
            throw new MalformedDomainException("the domain has an empty label: a dot stands at its start, at its end or beside another dot; remove it");
        }
        if (label.startsWith("-") || label.endsWith("-")) {
            throw new MalformedDomainException("the domain label " + label + (label.startsWith("-") ? " begins" : " ends") + " with a hyphen: remove it");
        }
        // RFC 5890 section 2.3.1 reserves these labels, and registries give none out.
        if (label.startsWith("--", 2) && !label.startsWith(ACE_PREFIX)) {
            throw new MalformedDomainException("the domain label " + label + " has hyphens as its third and fourth characters, which is kept for xn--: remove one");
        }
    }

    private static String checkLength(String label, String ascii) {
        if (ascii.length() > DomainName.MAX_LABEL_OCTETS) {
            throw new MalformedDomainException("the domain label " + label + " is longer than " + DomainName.MAX_LABEL_OCTETS + " octets"
                    + (label.equals(ascii) ? "" : " as " + ascii) + ": use a shorter one");
        }
        return ascii;
    }

    /**
     * An A-label as written need only decode, and to something that is not ASCII: names that IDNA 2008 would no longer register, such as those with
     * emoji, are in the DNS and take mail.
     */
    private static void checkALabel(String label) {
        boolean good = label.chars().allMatch(c -> c == '-' || DomainName.isLetterOrDigit(c));
        if (good) {
            String decoded = PunycodeDecoder.decode(label.substring(ACE_PREFIX.length()));
            good = decoded != null && decoded.chars().anyMatch(c -> c >= 128);
        }
        if (!good) {
            throw new MalformedDomainException("the domain label " + label + " does not decode as an A-label (RFC 5890): write the name in Unicode");
        }
    }

    private static void checkUnicode(String label) {
        int[] points = label.codePoints().toArray();
        if (CodePoints.isMark(points[0])) {
            throw new MalformedDomainException("the domain label " + label + " begins with a combining mark: write the letter it belongs to");
        }
        for (int i = 0; i < points.length; i++) {
            if (points[i] >= 128 && !isAllowed(points, i)) {
                throw new MalformedDomainException("the domain holds " + CodePoints.name(points[i]) + ", which no domain name may hold there (RFC 5892): remove it");
            }
        }
    }

    private static boolean isAllowed(int[] label, int i) {
        int c = label[i];
        return switch (c) {
            // RFC 5892 section 2.6 and appendix A: exceptions, and characters that depend on their neighbours.
            case 0x06FD, 0x06FE, 0x0F0B, 0x3007 -> true;
            case 0x0640, 0x07FA, 0x302E, 0x302F, 0x3031, 0x3032, 0x3033, 0x3034, 0x3035, 0x303B -> false;
            case 0x00B7 -> i > 0 && i < label.length - 1 && label[i - 1] == 'l' && label[i + 1] == 'l';
            case 0x0375 -> i < label.length - 1 && isScript(label[i + 1], Character.UnicodeScript.GREEK);
            case 0x05F3, 0x05F4 -> i > 0 && isScript(label[i - 1], Character.UnicodeScript.HEBREW);
            case 0x30FB -> hasKana(label);
            case 0x200C -> i > 0 && (isVirama(label[i - 1]) || isArabic(label, i - 1) && isArabic(label, i + 1));
            case 0x200D -> i > 0 && isVirama(label[i - 1]);
            default -> !isConjoiningJamo(c) && isLetterMarkOrDigit(c);
        };
    }

    private static boolean isLetterMarkOrDigit(int c) {
        return switch (Character.getType(c)) {
            case Character.LOWERCASE_LETTER, Character.OTHER_LETTER, Character.MODIFIER_LETTER, Character.NON_SPACING_MARK,
                    Character.COMBINING_SPACING_MARK, Character.DECIMAL_DIGIT_NUMBER -> true;
            default -> false;
        };
    }

    private static boolean isConjoiningJamo(int c) {
        return c >= 0x1100 && c <= 0x11FF || c >= 0xA960 && c <= 0xA97F || c >= 0xD7B0 && c <= 0xD7FF;
    }

    /** The signs that join two consonants, of the scripts that use them with a joiner (canonical combining class 9). */
    private static boolean isVirama(int c) {
        return VIRAMAS.indexOf(c) >= 0;
    }

    private static boolean isArabic(int[] label, int i) {
        return i < label.length && isScript(label[i], Character.UnicodeScript.ARABIC) && Character.isLetter(label[i]);
    }

    private static boolean hasKana(int[] label) {
        for (int c : label) {
            if (isScript(c, Character.UnicodeScript.HIRAGANA) || isScript(c, Character.UnicodeScript.KATAKANA) || isScript(c, Character.UnicodeScript.HAN)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isScript(int c, Character.UnicodeScript script) {
        return Character.UnicodeScript.of(c) == script;
    }
}
