package dev.dromedary.ingress;

/** @param argument what follows the verb, without surrounding blanks; empty where nothing does */
record SmtpCommand(SmtpVerb verb, String argument) {

    static SmtpCommand parse(String line) {
        int space = line.indexOf(' ');
        if (space < 0) {
            return new SmtpCommand(SmtpVerb.of(line), "");
        }
        return new SmtpCommand(SmtpVerb.of(line.substring(0, space)), line.substring(space + 1).strip());
    }
}
