package dev.dromedary.smtp;

/**
 * What the server offered in its last EHLO, looked up once a connection.
 *
 * @param pipelining MAIL, RCPT and DATA may go out together (RFC 2920)
 * @param eightBit   BODY=8BITMIME is understood (RFC 6152)
 * @param smtpUtf8   addresses may hold UTF-8 (RFC 6531)
 * @param size       SIZE= is understood (RFC 1870)
 */
record Capabilities(boolean pipelining, boolean eightBit, boolean smtpUtf8, boolean size) {
}
