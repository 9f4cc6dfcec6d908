package dev.dromedary.pace;

/** Paces for people, in a unit in which they are at least one. */
final class PaceText {
    private PaceText() {
    }

    static String of(double perSecond) {
        return perSecond >= 10 ? number(perSecond) + "/s" : perSecond >= 1 / 60.0 ? number(perSecond * 60) + "/min" : number(perSecond * 3600) + "/h";
    }

    private static String number(double value) {
        double shown = value >= 10 ? Math.rint(value) : Math.rint(value * 10) / 10;
        return shown == Math.rint(shown) ? String.valueOf((long) shown) : String.valueOf(shown);
    }
}
