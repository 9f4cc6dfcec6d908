package dev.dromedary.message;

/** One RFC 5322 header field as given by the submitter: name without the colon, value unfolded and not yet encoded. */
public record Header(String name, String value) {
}
