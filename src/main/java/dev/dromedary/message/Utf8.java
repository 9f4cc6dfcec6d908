package dev.dromedary.message;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Bytes to text, without guesses. */
final class Utf8 {
    private Utf8() {
    }

    /** @throws RefusedException with {@link RefusalCode#CHARSET_INVALID} naming the first octet that is not UTF-8 */
    static String decode(String subject, byte[] bytes, int from, int to) {
        var decoder = StandardCharsets.UTF_8.newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
        var input = ByteBuffer.wrap(bytes, from, to - from);
        try {
            return decoder.decode(input).toString();
        } catch (CharacterCodingException notUtf8) {
            int at = input.position();
            throw new RefusedException(RefusalCode.CHARSET_INVALID, subject,
                String.format("octet 0x%02X at offset %d", bytes[Math.min(at, to - 1)] & 0xff, at - from), "encode it as UTF-8");
        }
    }
}
