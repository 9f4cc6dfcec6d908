package dev.dromedary.message;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.util.ArrayList;
import java.util.List;

/** Sender and recipients from the header section of a raw message, for those that come without an envelope. */
final class RawAddresses {
    private static final List<String> RECIPIENT_FIELDS = List.of("To", "Cc", "Bcc");

    private RawAddresses() {
    }

    static EmailAddress sender(RawHeaderSection section) {
        List<String> fields = section.values("From");
        if (fields.isEmpty()) {
            throw new RefusedException(RefusalCode.FIELD_MISSING, "from", "no From field", "add one, or give the envelope sender");
        }
        List<String> addresses = addresses(String.join(",", fields), RefusalCode.SENDER_MALFORMED, "from");
        if (addresses.size() != 1) {
            throw new RefusedException(RefusalCode.SENDER_MALFORMED, "from", addresses.size() + " addresses in the From field",
                "write one, or give the envelope sender");
        }
        return Sender.parse(addresses.get(0)).address();
    }

    static List<EmailAddress> recipients(RawHeaderSection section, SubmissionLimits limits) {
        List<String> addresses = new ArrayList<>();
        for (String field : RECIPIENT_FIELDS) {
            for (String value : section.values(field)) {
                addresses.addAll(addresses(value, RefusalCode.ADDRESS_MALFORMED, field));
            }
        }
        return limits.recipients(addresses);
    }

    private static List<String> addresses(String list, RefusalCode code, String subject) {
        TextRules.refuseControls(subject, list);
        try {
            List<String> addresses = new ArrayList<>();
            for (InternetAddress address : InternetAddress.parseHeader(list, true)) {
                if (address.isGroup()) {
                    for (InternetAddress member : address.getGroup(true)) {
                        addresses.add(member.getAddress());
                    }
                } else {
                    addresses.add(address.getAddress());
                }
            }
            return addresses;
        } catch (AddressException malformed) {
            throw new RefusedException(code, subject, list, "write addresses separated by commas (RFC 5322 section 3.4)");
        }
    }
}
