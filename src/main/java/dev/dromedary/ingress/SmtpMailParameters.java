package dev.dromedary.ingress;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The parameters of MAIL that EHLO offers.
 *
 * @param size     the message's octets by the client's own count (RFC 1870), or 0 where it gave none
 * @param smtpUtf8 RFC 6531
 */
record SmtpMailParameters(long size, boolean smtpUtf8) {
    /** RFC 1870 section 5 allows 20 digits; more than 18 is past any limit of ours and does not fit a long. */
    private static final Pattern SIZE = Pattern.compile("\\d{1,20}");
    private static final int DIGITS_OF_A_LONG = 18;
    /** RFC 3461 section 4. */
    private static final Pattern XTEXT = Pattern.compile("(?:[!-*,-<>-~]|\\+[0-9A-F]{2})+");

    static SmtpMailParameters parse(Map<String, String> parameters, long maxSize) throws SmtpReplyException {
        long size = 0;
        boolean smtpUtf8 = false;
        for (var parameter : parameters.entrySet()) {
            String value = parameter.getValue();
            switch (parameter.getKey()) {
                case "SIZE" -> size = size(value, maxSize);
                case "SMTPUTF8" -> smtpUtf8 = withoutValue(value);
                case "BODY" -> checkBody(value);
                case "AUTH" -> checkAuth(value);
                default -> throw new SmtpReplyException(555, "5.5.4", "Parameter not offered: " + parameter.getKey());
            }
        }
        return new SmtpMailParameters(size, smtpUtf8);
    }

    private static long size(String value, long maxSize) throws SmtpReplyException {
        if (!SIZE.matcher(value).matches()) {
            throw new SmtpReplyException(501, "5.5.4", "Syntax: SIZE=octets");
        }
        String digits = value.replaceFirst("^0+(?=.)", "");
        if (digits.length() > DIGITS_OF_A_LONG || Long.parseLong(digits) > maxSize) {
            throw new SmtpReplyException(tooLarge(maxSize));
        }
        return Long.parseLong(digits);
    }

    static SmtpAnswer tooLarge(long maxSize) {
        return SmtpAnswer.of(552, "5.3.4", "Message larger than " + maxSize + " octets");
    }

    private static boolean withoutValue(String value) throws SmtpReplyException {
        if (!value.isEmpty()) {
            throw new SmtpReplyException(501, "5.5.4", "SMTPUTF8 takes no value");
        }
        return true;
    }

    /** RFC 6152. */
    private static void checkBody(String value) throws SmtpReplyException {
        String body = value.toUpperCase(Locale.ROOT);
        if (!body.equals("7BIT") && !body.equals("8BITMIME")) {
            throw new SmtpReplyException(501, "5.5.4", "Syntax: BODY=7BIT or BODY=8BITMIME");
        }
    }

    /** RFC 4954 section 5: who submitted the message elsewhere. Checked for syntax, then of no further use here. */
    private static void checkAuth(String value) throws SmtpReplyException {
        if (!XTEXT.matcher(value).matches()) {
            throw new SmtpReplyException(501, "5.5.4", "Syntax: AUTH=xtext or AUTH=<>");
        }
    }
}
