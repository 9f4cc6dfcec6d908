package dev.dromedary.outcome;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextPatternTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            full       | mailbox full                   | true
            full       | (full)                         | true
            full       | your mailbox is fully working  | false
            full       | faithfull                      | false
            batv       | batvalue, then batv            | true
            exit       | exit/1                         | true
            exit       | exits                          | false
            desactivad | cuenta desactivada             | true
            activated  | not deactivated                | false
            activated  | not deactivated but activated  | true
            rate limit | moderate limit                 | false
            rate limit | Rate  Limited                  | true
            5.1.1 bad  | 15.1.1 bad                     | false
            (full)     | box(full)                      | true
            épuisé     | espace-épuisé                  | true
            inconnu    | adresse inconnue               | true
            отключен   | самоотключение: ящик отключен  | true
            不存在      | 用户不存在                       | true
            拒收        | 邮件被拒收                       | true
            """)
    void aPhraseBeginsWhereAWordBegins(String phrase, String text, boolean found) {
        assertThat(new TextPattern(List.of(phrase), List.of()).matches(TextPattern.fold(text))).isEqualTo(found);
    }
}
