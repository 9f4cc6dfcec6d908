package dev.dromedary.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainPatternTest {

    @ParameterizedTest(name = "{0} and {1}: {2}")
    @CsvSource({
        "example.com, example.com, true",
        "example.com, a.example.com, false",
        "example.com, notexample.com, false",
        "EXAMPLE.com, example.com, true",
        "*.edu, a.edu, true",
        "*.edu, a.b.edu, true",
        "*.edu, edu, false",
        "*.edu, notedu, false",
        "*.edu, a.notedu, false",
        "*.edu, edu.com, false",
        "mail-*.example.com, mail-1.example.com, true",
        "mail-*.example.com, mail-.example.com, true",
        "mail-*.example.com, mail-1.x.example.com, false",
        "mail-*.example.com, x.mail-1.example.com, false",
        "mail-*.example.com, mail-1.example.com.org, false",
        "mail-*.example.com, xmail-1.example.com, false",
        "yahoo.co.*, yahoo.co.uk, true",
        "yahoo.co.*, yahoo.co.uk.net, false",
        "yahoo.co.*, my.yahoo.co.uk, false",
        "a.*.example.com, a.b.example.com, true",
        "a.*.example.com, a.example.com, false",
        "*.mx*.example.com, a.mx1.example.com, true",
        "*.mx*.example.com, a.b.mx1.example.com, true",
        "*.mx*.example.com, mx1.example.com, false",
        "*, anything.at.all, true",
        "*, [192.0.2.1], true",
        "*.1, [192.0.2.1], false",
        "bücher.example, xn--bcher-kva.example, true",
        "*.рф, xn--e1afmkfd.xn--p1ai, true"})
    void matchesWholeNames(String pattern, String domain, boolean expected) {
        assertThat(DomainPattern.parse(pattern).matches(domain)).isEqualTo(expected);

        var index = new PatternIndex<String>();
        index.put(DomainPattern.parse(pattern), "found");
        assertThat(index.best(domain) != null).as("index").isEqualTo(expected);
        assertThat(index.all(domain)).as("index").hasSize(expected ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*edu", "*.", ".edu", "*.*", "a..b", "ex ample.com", "-a.com", "[192.0.2.1]", "a@b.c", "bü*.example", "*.*.*", "*.1]", "example.com.", "**", "a-*-.b"})
    void refusesWhatIsNoPatternAndSaysSo(String text) {
        assertThatThrownBy(() -> DomainPattern.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("[DOMAIN_PATTERN_INVALID] domain pattern: " + text + "; ");
    }

    @Test
    void ranksExactOverLongerSuffixOverShorterOverGlobOverAny() {
        assertThat(new String[] {"*", "*.example.co*", "mail-*.example.com", "*.com", "*.example.com", "mail-1.example.com"})
                .extracting(text -> DomainPattern.parse(text).specificity())
                .isSorted()
                .doesNotHaveDuplicates();
    }

    @Test
    void findsTheMostSpecificOfManyAndAllInOrder() {
        var index = new PatternIndex<String>();
        for (String text : new String[] {"*", "*.com", "mail-*.example.com", "*.example.com", "mail-1.example.com"}) {
            index.put(DomainPattern.parse(text), text);
        }

        assertThat(index.all("mail-1.example.com")).extracting(PatternIndex.Match::value)
                .containsExactly("mail-1.example.com", "*.example.com", "*.com", "mail-*.example.com", "*");
        assertThat(index.best("mail-1.example.com")).extracting(PatternIndex.Match::value).isEqualTo("mail-1.example.com");
        assertThat(index.best("mail-2.example.com")).extracting(PatternIndex.Match::value).isEqualTo("*.example.com");
        assertThat(index.best("example.com")).extracting(PatternIndex.Match::value).isEqualTo("*.com");
        assertThat(index.best("example.org")).extracting(PatternIndex.Match::value).isEqualTo("*");
    }

    @Property
    void indexAgreesWithEachPatternAskedAlone(@ForAll("patterns") String pattern, @ForAll("patterns") String other, @ForAll("domains") String domain) {
        var one = parsed(pattern);
        var two = parsed(other);
        var index = new PatternIndex<DomainPattern>();
        index.put(one, one);
        index.put(two, two);

        long matching = Stream.of(one, two).distinct().filter(p -> p.matches(domain)).count();
        assertThat(index.all(domain)).hasSize((int) matching);
        assertThat(index.best(domain) != null).isEqualTo(matching > 0);
    }

    @Property
    void readsBackWhatItWrites(@ForAll("patterns") String text) {
        assertThat(DomainPattern.parse(parsed(text).toString())).isEqualTo(parsed(text)).hasSameHashCodeAs(parsed(text));
    }

    /** A pattern that names nothing stands for every domain here. */
    private static DomainPattern parsed(String text) {
        try {
            return DomainPattern.parse(text);
        } catch (IllegalArgumentException nothing) {
            return DomainPattern.parse("*");
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of("a", "b", "ab", "*", "a*", "*b", "a*b").list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
    }

    @Provide
    Arbitrary<String> domains() {
        return Arbitraries.of("a", "b", "ab", "aab", "ba").list().ofMinSize(1).ofMaxSize(4).map(labels -> String.join(".", labels));
    }
}
