package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "Ann.Lee+x@EXAMPLE.Com | Ann.Lee+x@example.com",
        "\"abc\"@x | abc@x",
        "\"a\\bc\"@x | abc@x",
        "\"a b\"@x | \"a b\"@x",
        "\"a\\\"b\\\\c\"@x | \"a\\\"b\\\\c\"@x",
        "\"a@b\"@x | \"a@b\"@x",
        "\"a..b\"@x | \"a..b\"@x",
        "\"\"@x | \"\"@x",
        "a@[192.0.2.1] | a@[192.0.2.1]",
        "a@[ipv6:2001:DB8::1] | a@[IPv6:2001:db8::1]",
        "a@Bücher.example | a@xn--bcher-kva.example",
        "a@XN--BCHER-KVA.example | a@xn--bcher-kva.example",
        "a@ＥＸＡＭＰＬＥ．com | a@example.com",
        "a@例え。テスト | a@xn--r8jz45g.xn--zckzah",
        "a@faß.example | a@xn--fa-hia.example",
        "a@ΣΑΣ.example | a@xn--mxa9ab.example",
        "a@טעסט.example | a@xn--deba0ad.example",
        "jose\u0301@x | josé@x"})
    void writesTheCanonicalForm(String text, String canonical) {
        assertThat(EmailAddress.parse(text)).hasToString(canonical);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "a | there is no @",
        "@x | the local part is empty",
        "a@ | the domain is empty",
        "a..b@x | two dots in a row",
        ".a@x | begins with a dot",
        "a b@x | holds a space",
        "a@b@c | holds '@' (U+0040)",
        "\"a@x | never closes it",
        "\"a\"b@x | goes on after its closing quote",
        "Ann <a@x> | display name",
        "a＠x | full-width",
        "a(b)@x | no comments or folding",
        "a@-x.com | begins with a hyphen",
        "a@x..com | empty label",
        "a@x.com. | empty label",
        "a@x_y.com | holds '_' (U+005F)",
        "a@ab--c.com | kept for xn--",
        "a@xn--0.com | does not decode",
        "a@[300.0.0.1] | no IPv4 address literal",
        "a@[IPv6:1::2::3] | no IPv6 address literal",
        "a@[192.0.2.1 | closing one",
        "a@☃.example | U+2603",
        "a@\u0301x.example | combining mark",
        "a@אa.example | mixes directions",
        "a\u202eb@x | cannot be seen or typed"})
    void refusesWithThePartAndTheReason(String text, String reason) {
        assertThatThrownBy(() -> EmailAddress.parse(text))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(RefusalCode.ADDRESS_MALFORMED);
                    assertThat(refused.refusal().seen()).isEqualTo(text);
                    assertThat(refused.refusal().advice()).contains(reason);
                });
    }

    @Test
    void holdsToTheLimitsInOctets() {
        assertThat(EmailAddress.parse("a".repeat(64) + "@x").localPart()).hasSize(64);
        assertRefused("a".repeat(65) + "@x");
        assertThat(EmailAddress.parse("é".repeat(32) + "@x").needsSmtpUtf8()).isTrue();
        assertRefused("é".repeat(33) + "@x");
        assertRefused("\"" + "a".repeat(63) + "\"@x");
        assertThat(EmailAddress.parse("a@" + "b".repeat(63) + ".x").domain()).hasSize(65);
        assertRefused("a@" + "b".repeat(64) + ".x");
        String name = (("b".repeat(63) + ".").repeat(4));
        assertThat(EmailAddress.parse("a@" + name.substring(0, 252)).domain()).hasSize(252);
        assertRefused("a@" + name.substring(0, 253));
        assertRefused("a".repeat(1_000_000) + "@x");
        assertRefused("a@" + "é.".repeat(500_000));
    }

    @Test
    void acceptsNoControlCharacterAnywhere() {
        for (int c = 0; c < 0xA0; c++) {
            if (Character.isISOControl(c)) {
                assertRefused("a" + (char) c + "b@example.com");
                assertRefused("\"a" + (char) c + "b\"@example.com");
                assertRefused("\"a\\" + (char) c + "b\"@example.com");
                assertRefused("a@example.com" + (char) c);
                assertRefused((char) c + "a@example.com");
            }
        }
        assertRefused("a\ud800@example.com");
        assertRefused("a\u2028@example.com");
    }

    @Property(tries = 2000)
    void whatItAcceptsIsSafeOnTheWireAndReadsBackAsItself(@ForAll("texts") String text) {
        EmailAddress address;
        try {
            address = EmailAddress.parse(text);
        } catch (RefusedException refused) {
            return;
        }
        assertThat(address.toString()).doesNotContainPattern("[\\p{Cntrl}\\u2028\\u2029]");
        assertThat(address.localPart()).matches("\"([^\"\\\\]|\\\\[\"\\\\])*\"|[^\"\\\\ <>()\\[\\]:,;@]+");
        assertThat(address.toString().getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(254);
        assertThat(address.domain()).matches("\\p{ASCII}+");
        assertThat(EmailAddress.parse(address.toString())).isEqualTo(address);
    }

    @Property
    void domainsSurviveTheWayToAsciiAndBack(@ForAll("letters") String label) {
        String encoded = Punycode.encode(label);

        assertThat(encoded).matches("[a-z0-9-]+");
        assertThat(PunycodeDecoder.decode(encoded)).isEqualTo(label);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("ab.-@\"\\ \r\n[]:1<>(é\u0301λ。日\u200d\u05d0").ofMinLength(1).ofMaxLength(12)
                .flatMap(text -> Arbitraries.of(text, text + "@example.com", "a@" + text, "\"" + text + "\"@example.com"));
    }

    @Provide
    Arbitrary<String> letters() {
        return Arbitraries.strings().withChars("abz09éλ日本語ж").withCharRange('\u3040', '\u30ff').ofMinLength(1).ofMaxLength(20).map(text -> text + "\ud840\udc00");
    }

    private static void assertRefused(String text) {
        assertThatThrownBy(() -> EmailAddress.parse(text)).isInstanceOf(RefusedException.class);
    }
}
