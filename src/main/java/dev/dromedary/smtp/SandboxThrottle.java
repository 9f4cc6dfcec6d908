package dev.dromedary.smtp;

import dev.dromedary.ingress.SmtpAnswer;

/** What the provider of a domain says to a sender it wants to hold back, in its own words. */
final class SandboxThrottle {
    private static final SmtpAnswer GOOGLE = SmtpAnswer.of(421, "4.7.28", "[127.0.0.1] Our system has detected an unusual rate of unsolicited mail originating from your IP address");
    private static final SmtpAnswer YAHOO = SmtpAnswer.of(421, "4.7.0", "[TSS04] Messages from 127.0.0.1 temporarily deferred due to user complaints - 4.16.55.1");
    private static final SmtpAnswer MICROSOFT = SmtpAnswer.of(550, "5.7.1",
            "Unfortunately, messages from [127.0.0.1] weren't sent. Please contact your Internet service provider since part of their network is on our block list (S3140).");
    private static final SmtpAnswer APPLE = SmtpAnswer.of(451, "4.7.1", "[HCM1] Your mail from 127.0.0.1 was deferred, please try again later");
    private static final SmtpAnswer ELSEWHERE = SmtpAnswer.of(421, "4.7.0", "Too many connections from your address, try again later");

    private SandboxThrottle() {
    }

    static SmtpAnswer answer(String domain) {
        return switch (domain) {
            case "gmail.com", "googlemail.com" -> GOOGLE;
            case "yahoo.com", "aol.com", "ymail.com" -> YAHOO;
            case "outlook.com", "hotmail.com", "live.com", "msn.com" -> MICROSOFT;
            case "icloud.com", "me.com", "mac.com" -> APPLE;
            default -> ELSEWHERE;
        };
    }
}
