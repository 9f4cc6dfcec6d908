package dev.dromedary.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.dromedary.reputation.Signal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ContentBookTest {
    private Instant now = Instant.parse("2026-03-02T09:00:00Z");
    private final ContentBook book = new ContentBook(true, () -> now);

    @Test
    void aTemplateThatIsBlockedMoreThanTheRestIsToldAndNothingElse() {
        Random random = new Random(1);
        for (int i = 0; i < 6_000; i++) {
            boolean spammy = i % 4 == 0;
            byte[] mime = spammy ? spring(i) : receipt(i);
            book.attempted("google", mime, random.nextDouble() < (spammy ? 0.12 : 0.008) ? Signal.BLOCKED : Signal.ACCEPTED);
            book.attempted("yahoo", mime, random.nextDouble() < 0.008 ? Signal.BLOCKED : Signal.ACCEPTED);
        }
        List<ContentBook.Suspect> suspects = book.suspects();
        assertThat(suspects).extracting(ContentBook.Suspect::provider).containsOnly("google");
        assertThat(suspects).extracting(ContentBook.Suspect::trait).anyMatch(one -> one.startsWith("template ")).contains("link to shop.example.net")
                .doesNotContain("link to static.example.com", "size under 10 KB");
        System.out.println(suspects.get(0).text());
        assertThat(suspects.get(0).text()).contains("is blocked at google 1").contains("for the rest (").contains("p < 0.000001");
        assertThat(book.rows("google", 100)).filteredOn(row -> row.trait().startsWith("template ")).as("one to a template").hasSize(2);
    }

    @Test
    void equalSharesHaveNoSuspectsOverManySeeds() {
        int found = 0;
        for (int seed = 0; seed < 40; seed++) {
            var fresh = new ContentBook(true, () -> now);
            Random random = new Random(seed);
            ContentTraits[] templates = {ContentTraits.of(spring(1)), ContentTraits.of(receipt(1))};
            for (int i = 0; i < 8_000; i++) {
                boolean blocked = random.nextDouble() < 0.02;
                if (blocked || random.nextInt(ContentBook.SAMPLE) == 0) {
                    fresh.count("google", templates[i % 2], blocked ? Signal.BLOCKED : Signal.ACCEPTED, blocked ? 1 : ContentBook.SAMPLE);
                }
            }
            found += fresh.suspects().size();
        }
        assertThat(found).isZero();
    }

    @Test
    void whatIsPersonalChangesNoFingerprintAndAnotherTemplateDoes() {
        long first = ContentTraits.of(spring(1)).fingerprint();
        for (int i = 2; i < 200; i++) {
            assertThat(SimHash.distance(first, ContentTraits.of(spring(i)).fingerprint())).as("message " + i).isLessThanOrEqualTo(10);
        }
        assertThat(SimHash.distance(first, ContentTraits.of(receipt(1)).fingerprint())).isGreaterThan(16);
        long text = ContentTraits.of(plain("Ann", 12)).fingerprint();
        assertThat(SimHash.distance(text, ContentTraits.of(plain("Bartholomew", 99_871)).fingerprint())).isLessThanOrEqualTo(10);
    }

    @Test
    void traitsAreReadFromEveryEncodingAndFromGarbage() {
        ContentTraits traits = ContentTraits.of(spring(1));
        assertThat(traits.shape()).isEqualTo("text and html");
        assertThat(traits.size()).isEqualTo("under 10 KB");
        assertThat(traits.links()).containsExactlyInAnyOrder("static.example.com", "shop.example.net");
        String body = Base64.getMimeEncoder().encodeToString("<p>see <a href=\"https://Deep.example.org/x\">this</a></p>".getBytes(StandardCharsets.US_ASCII));
        ContentTraits coded = ContentTraits.of(bytes("Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n" + body));
        assertThat(coded.links()).containsExactly("deep.example.org");
        assertThat(coded.shape()).isEqualTo("html only");
        ContentTraits quoted = ContentTraits.of(bytes("Content-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<a href=3D\"https://long.exam=\r\nple.org/\">"));
        assertThat(quoted.links()).containsExactly("long.example.org");

        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            ContentTraits.of(noise);
            ContentTraits.of(bytes("Content-Type: multipart/mixed; boundary=\"" + "-".repeat(i % 5) + "\"\r\n\r\n" + new String(noise, StandardCharsets.ISO_8859_1)));
        }
        ContentTraits.of(bytes("Content-Type: multipart/mixed; boundary=\r\n\r\n----\r\n--\r\n----"));
    }

    @Test
    void thousandsOfTemplatesAndLinksFitInItsBoundsAndOldCountsFade() {
        Random random = new Random(9);
        for (int i = 0; i < 5_000; i++) {
            book.count("google", new ContentTraits("under 10 KB", "text only", java.util.Set.of("h" + i + ".example"), random.nextLong()), Signal.ACCEPTED, 4);
        }
        assertThat(book.rows("google", 10_000).size()).isLessThanOrEqualTo(ContentBook.MOST);
        long before = book.rows("google", 1).get(0).total();
        now = now.plus(Duration.ofHours(6));
        book.beat();
        assertThat(book.rows("google", 1).get(0).total()).isBetween(before / 2 - 1, before / 2 + 1);
    }

    @Test
    void lookingAtAMessageCostsLittle() {
        byte[][] messages = IntStream.range(0, 64).mapToObj(ContentBookTest::spring).toArray(byte[][]::new);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 30; round++) {
            long start = System.nanoTime();
            for (int i = 0; i < 1_000; i++) {
                book.attempted("google", messages[i % 64], Signal.ACCEPTED);
            }
            best = Math.min(best, System.nanoTime() - start);
        }
        System.out.printf("content: %.1f microseconds a message of %d bytes, one in %d looked at%n", best / 1e6, messages[0].length, ContentBook.SAMPLE);
        assertThat(best / 1e6).isLessThan(100);
    }

    private static byte[] spring(int i) {
        String rows = ("<tr><td class=\"x\"><img src=\"https://static.example.com/" + i + ".png\"></td><td>Offer for you</td></tr>\r\n").repeat(38 + i % 3);
        return bytes("From: shop@example.com\r\nSubject: Spring, customer " + i + "\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"b" + i + "\"\r\n\r\n"
                + "--b" + i + "\r\nContent-Type: text/plain\r\n\r\nDear customer " + i + "\r\n--b" + i + "\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
                + "<html><body><h1>Dear number " + i + "</h1><table>" + rows + "</table><p><a href=\"https://shop.example.net/?c=" + i + "\">Buy</a></p></body></html>\r\n--b" + i + "--\r\n");
    }

    private static byte[] receipt(int i) {
        return bytes("From: shop@example.com\r\nSubject: Receipt\r\nContent-Type: text/html\r\n\r\n<html><head><title>r</title></head><body><div><div><span>Order " + i
                + "</span><ul><li>one</li><li>two</li></ul></div><div><b>Sum</b><i>" + i % 97 + "</i></div></div><img src=\"https://static.example.com/logo.png\"></body></html>");
    }

    private static byte[] plain(String name, int number) {
        return bytes("Subject: Hello\r\n\r\nDear " + name + ",\r\n\r\nyour order number " + number + " has been sent today by our usual carrier and should be with you within the next "
                + "three working days. You can follow its way on our pages at any time. If anything is missing or broken please write to our service, which answers within a day. "
                + "Thank you for buying with us again.\r\nThe team\r\n");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
