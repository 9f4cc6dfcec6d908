package dev.dromedary.message;

import java.util.Set;
import java.util.stream.Collectors;

/**
 * The Bidi Rule (RFC 5893 section 2), for labels with right-to-left characters. The rule would also hold their neighbours to it, but those
 * only look odd beside them, and refusing them would refuse names that work.
 */
final class BidiRule {
    private static final Set<Byte> RIGHT_TO_LEFT =
            Set.of(Character.DIRECTIONALITY_RIGHT_TO_LEFT, Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC, Character.DIRECTIONALITY_ARABIC_NUMBER);
    private static final Set<Byte> IN_BOTH = Set.of(
            Character.DIRECTIONALITY_EUROPEAN_NUMBER, Character.DIRECTIONALITY_EUROPEAN_NUMBER_SEPARATOR, Character.DIRECTIONALITY_COMMON_NUMBER_SEPARATOR,
            Character.DIRECTIONALITY_EUROPEAN_NUMBER_TERMINATOR, Character.DIRECTIONALITY_OTHER_NEUTRALS, Character.DIRECTIONALITY_BOUNDARY_NEUTRAL,
            Character.DIRECTIONALITY_NONSPACING_MARK);

    private BidiRule() {
    }

    private static boolean appliesTo(String label) {
        return label.codePoints().anyMatch(c -> RIGHT_TO_LEFT.contains(Character.getDirectionality(c)));
    }

    static void check(String label) {
        if (appliesTo(label) && !isRightToLeft(label)) {
            throw new MalformedDomainException("the domain label " + label + " mixes directions of writing (RFC 5893): write it in one direction");
        }
    }

    private static boolean isRightToLeft(String label) {
        Set<Byte> directions = directions(label);
        byte first = Character.getDirectionality(label.codePointAt(0));
        byte last = lastDirection(label);
        boolean twoKindsOfDigit = directions.contains(Character.DIRECTIONALITY_EUROPEAN_NUMBER) && directions.contains(Character.DIRECTIONALITY_ARABIC_NUMBER);
        boolean begins = first == Character.DIRECTIONALITY_RIGHT_TO_LEFT || first == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
        return begins && !twoKindsOfDigit && directions.stream().allMatch(d -> RIGHT_TO_LEFT.contains(d) || IN_BOTH.contains(d))
                && (RIGHT_TO_LEFT.contains(last) || last == Character.DIRECTIONALITY_EUROPEAN_NUMBER);
    }

    private static Set<Byte> directions(String label) {
        return label.codePoints().mapToObj(Character::getDirectionality).collect(Collectors.toSet());
    }

    /** The direction of the last character that is no mark upon another. */
    private static byte lastDirection(String label) {
        return label.codePoints().mapToObj(Character::getDirectionality).filter(d -> d != Character.DIRECTIONALITY_NONSPACING_MARK).reduce((a, b) -> b)
                .orElse(Character.DIRECTIONALITY_UNDEFINED);
    }
}
