package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SubmissionJsonTest {
    private static final String MAIL = "'from':'a@x.example','to':'b@y.example','text':'hi'";
    private final SubmissionReader reader = new SubmissionReader(3, 1000);

    @Test
    void readsEveryField() {
        Submission submission = read("""
            {'message_id':'order-1@x','from':'\\"Lee, Ann\\" <ann@X.example>','to':['b@y.example','Bo <c@z.example>','b@Y.example'],
             'subject':'Grüße','text':'t','html':'<p>h','headers':{'X-Order':'1','X-Many':['a','b']},
             'attachments':[{'filename':'a.txt','content_type':'text/plain; charset=utf-8','content':'aGk=','content_id':'cid1@x'}],
             'priority':'urgent','scheduled_time':'2030-01-31T09:00:00+01:00','max_retries':7,'max_age':'10m','dsn':'failure','send_time':'best','stream':'receipts','campaign':'Spring 1',
             'tags':['a','b']}""");

        assertThat(submission.messageId()).isEqualTo("order-1@x");
        assertThat(submission.from()).hasToString("ann@x.example");
        assertThat(submission.to()).extracting(EmailAddress::toString).containsExactly("b@y.example", "c@z.example");
        assertThat(submission.priority()).isEqualTo(50);
        assertThat(submission.scheduledTime()).isEqualTo(Instant.parse("2030-01-31T08:00:00Z"));
        assertThat(submission.maxRetries()).isEqualTo(7);
        assertThat(submission.terms()).isEqualTo(new DeliveryTerms(Duration.ofMinutes(10), DeliveryTerms.Dsn.FAILURE));
        assertThat(submission.bestWithin()).isEqualTo(Duration.ofHours(24));
        assertThat(submission.stream()).isEqualTo("receipts");
        assertThat(submission.campaign()).isEqualTo("Spring 1");
        assertThat(submission.tags()).containsExactly("a", "b");
        var content = (Content.Composed) submission.content();
        assertThat(content.subject()).isEqualTo("Grüße");
        assertThat(content.text()).isEqualTo("t");
        assertThat(content.html()).isEqualTo("<p>h");
        assertThat(content.headers()).containsExactly(new Header("From", "\"Lee, Ann\" <ann@X.example>"),
            new Header("X-Order", "1"), new Header("X-Many", "a"), new Header("X-Many", "b"));
        assertThat(content.attachments().get(0).content()).asString(StandardCharsets.UTF_8).isEqualTo("hi");
        assertThat(content.attachments().get(0).contentId()).isEqualTo("cid1@x");
    }

    @Test
    void fillsInWhatIsNotSaid() {
        Submission submission = read("{" + MAIL + ",'campaign':null}");

        assertThat(submission.priority()).isEqualTo(Submission.DEFAULT_PRIORITY);
        assertThat(submission.stream()).isEqualTo(Submission.DEFAULT_STREAM);
        assertThat(submission.messageId()).isNull();
        assertThat(submission.maxRetries()).isNull();
        assertThat(submission.campaign()).isNull();
        assertThat(((Content.Composed) submission.content()).headers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<>"})
    void letsOnlyARawMessageHaveTheNullSender(String from) {
        Submission raw = read("{'from':'" + from + "','to':'b@y.example','raw_base64':'QTogYg0KDQo='}");

        assertThat(raw.from()).isNull();
        assertThat(((Content.Raw) raw.content()).bytes()).asString(StandardCharsets.US_ASCII).isEqualTo("A: b\r\n\r\n");
        assertThat(refusal("{'from':'" + from + "','to':'b@y.example','text':'t'}").code()).isEqualTo(RefusalCode.SENDER_MALFORMED);
    }

    @Test
    void takesAttributesOfARawMessageFromItsHeaderSectionToo() {
        Submission raw = read("{'from':'a@x.example','to':'b@y.example','stream':'s','raw':'X-Dromedary-Stream: t\\nX-Dromedary-Priority: 7\\n\\n'}");

        assertThat(raw.stream()).isEqualTo("s");
        assertThat(raw.priority()).isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "JSON_MALFORMED | body | {",
        "JSON_MALFORMED | body | ",
        "JSON_MALFORMED | body | []",
        "JSON_MALFORMED | body | {'to':'a','to':'b'}",
        "JSON_MALFORMED | body | {} {}",
        "JSON_MALFORMED | body | {} x",
        "JSON_MALFORMED | body | {'text':[[[[[[[[[[]]]]]]]]]]}",
        "CHARSET_INVALID | subject | {'subject':'\\ud800',~}",
        "FIELD_UNKNOWN | field | {'bcc':'a',~}",
        "FIELD_UNKNOWN | attachments[0].field | {~,'attachments':[{'name':'a'}]}",
        "FIELD_MISSING | from | {'to':'b@y.example'}",
        "FIELD_MISSING | to | {'from':'a@x.example'}",
        "FIELD_MISSING | to | {'from':'a@x.example','to':[]}",
        "FIELD_MISSING | attachments[0].content | {~,'attachments':[{'filename':'a','content_type':'a/b'}]}",
        "FIELD_INVALID | subject | {~,'subject':1}",
        "FIELD_INVALID | to[1] | {'from':'a@x.example','to':['b@y.example',{}]}",
        "FIELD_INVALID | headers | {~,'headers':[]}",
        "FIELD_INVALID | headers.X | {~,'headers':{'X':{}}}",
        "FIELD_INVALID | attachments | {~,'attachments':{}}",
        "FIELD_INVALID | attachments[0] | {~,'attachments':['a']}",
        "FIELD_INVALID | attachments[0].content | {~,'attachments':[{'filename':'a','content_type':'a/b','content':'%'}]}",
        "FIELD_INVALID | attachments[0].content_type | {~,'attachments':[{'filename':'a','content_type':'pdf','content':''}]}",
        "FIELD_INVALID | attachments[0].content_type | {~,'attachments':[{'filename':'a','content_type':'multipart/mixed','content':''}]}",
        "FIELD_INVALID | attachments[0].filename | {~,'attachments':[{'filename':' ','content_type':'a/b','content':''}]}",
        "FIELD_INVALID | attachments[0].content_id | {~,'attachments':[{'filename':'a','content_type':'a/b','content':'','content_id':'<a>'}]}",
        "FIELD_INVALID | message_id | {~,'message_id':'a b'}",
        "FIELD_INVALID | priority | {~,'priority':1000}",
        "FIELD_INVALID | priority | {~,'priority':-1}",
        "FIELD_INVALID | priority | {~,'priority':1.0}",
        "FIELD_INVALID | priority | {~,'priority':'50'}",
        "FIELD_INVALID | priority | {~,'priority':'high'}",
        "FIELD_INVALID | max_retries | {~,'max_retries':1001}",
        "FIELD_INVALID | max_retries | {~,'max_retries':'1'}",
        "FIELD_INVALID | max_age | {~,'max_age':'31d'}",
        "FIELD_INVALID | send_time | {~,'send_time':'09:00'}",
        "FIELD_INVALID | within | {~,'send_time':'best','within':'59m'}",
        "FIELD_INVALID | within | {~,'send_time':'best','within':'8d'}",
        "FIELD_INVALID | within | {~,'send_time':'now','within':'24h'}",
        "FIELD_INVALID | within | {~,'within':'24h'}",
        "FIELD_INVALID | max_age | {~,'max_age':'0s'}",
        "FIELD_INVALID | max_age | {~,'max_age':'10'}",
        "FIELD_INVALID | max_age | {~,'max_age':600}",
        "FIELD_INVALID | dsn | {~,'dsn':'success'}",
        "FIELD_INVALID | scheduled_time | {~,'scheduled_time':'2030-01-31T09:00:00'}",
        "FIELD_INVALID | scheduled_time | {~,'scheduled_time':'+999999999-01-31T09:00:00Z'}",
        "FIELD_INVALID | stream | {~,'stream':'A'}",
        "FIELD_INVALID | campaign | {~,'campaign':'a\\tb'}",
        "FIELD_INVALID | tags[1] | {~,'tags':['a','']}",
        "FIELD_INVALID | tags | {~,'tags':['1','2','3','4','5','6','7','8','9','1','2','3','4','5','6','7','8','9','1','2','3']}",
        "FIELD_INVALID | text | {~,'raw':'A: b'}",
        "FIELD_INVALID | raw_base64 | {'from':'a@x','to':'b@y','raw':'A: b','raw_base64':''}",
        "ADDRESS_MALFORMED | to[1] | {'from':'a@x.example','to':['b@y.example','nobody'],'text':'t'}",
        "ADDRESS_MALFORMED | to[0] | {'from':'a@x.example','to':'b@y.example, c@y.example','text':'t'}",
        "ADDRESS_MALFORMED | to[0] | {'from':'a@x.example','to':'b@y.example, C <c@y.example>','text':'t'}",
        "SENDER_MALFORMED | from | {'from':'nobody','to':'b@y.example','text':'t'}",
        "SENDER_MALFORMED | from | {'from':'Lee, Ann <a@x.example>','to':'b@y.example','text':'t'}",
        "RECIPIENTS_TOO_MANY | to | {'from':'a@x.example','to':['b@y','c@y','d@y','e@y'],'text':'t'}",
        "BODY_EMPTY | body | {'from':'a@x.example','to':'b@y.example','subject':'s'}",
        "BODY_EMPTY | body | {'from':'a@x.example','to':'b@y.example','text':'','html':''}",
        "BODY_EMPTY | raw | {'from':'a@x.example','to':'b@y.example','raw':''}",
        "HEADER_INJECTION | subject | {~,'subject':'a\\r\\nBcc: c@z'}",
        "HEADER_INJECTION | headers | {~,'headers':{'X:1\\r\\nBcc':'c@z'}}",
        "HEADER_INJECTION | headers.X | {~,'headers':{'X':'a\\nBcc: c@z'}}",
        "HEADER_INJECTION | headers.X | {~,'headers':{'X':['a','\\u0000']}}",
        "HEADER_INJECTION | from | {'from':'A\\r\\nBcc: c@z <a@x.example>','to':'b@y.example','text':'t'}",
        "HEADER_INJECTION | to[0] | {'from':'a@x.example','to':'b@y.example\\n','text':'t'}",
        "HEADER_INJECTION | attachments[0].filename | {~,'attachments':[{'filename':'a\\n','content_type':'a/b','content':''}]}",
        "HEADER_INJECTION | attachments[0].content_type | {~,'attachments':[{'filename':'a','content_type':'a/b\\r','content':''}]}",
        "HEADER_INJECTION | attachments[0].content_id | {~,'attachments':[{'filename':'a','content_type':'a/b','content':'','content_id':'\\r'}]}",
        "HEADER_MALFORMED | headers | {~,'headers':{'X Y':'1'}}",
        "HEADER_MALFORMED | headers | {~,'headers':{'Ü':'1'}}",
        "HEADER_MALFORMED | headers | {~,'headers':{'':'1'}}",
        "HEADER_MALFORMED | headers.from | {~,'headers':{'from':'b@x.example'}}",
        "HEADER_MALFORMED | headers.cc | {~,'headers':{'Cc':'b@x.example','cc':'c@x.example'}}"})
    void refuses(RefusalCode code, String subject, String json) {
        Refusal refusal = refusal(json == null ? "" : json.replace("~", MAIL));

        assertThat(refusal.text()).startsWith("[" + code + "] " + subject + ": ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bcc", "return-path", "Received", "Content-Type", "content-x", "MIME-Version", "Message-ID", "DATE", "Subject",
        "CamelSmtpTo", "camelx", "JMSPriority", "_AMQ_DUPL_ID", "mail.smtp.from", "org.apache.camel.x", "X-Dromedary-Stream"})
    void forbidsHeaderFieldsThatAreNotTheSubmittersToSet(String name) {
        assertThat(refusal("{" + MAIL + ",'headers':{'" + name + "':'1'}}").code()).isEqualTo(RefusalCode.HEADER_FORBIDDEN);
    }

    @Test
    void saysWhereTheJsonBreaks() {
        assertThat(refusal("{'from':'a',\n 'to':}").text()).contains("line 2, column");
        assertThat(refusal("{'to':'a','to':'b'}").text()).contains("Duplicate field 'to'");
        assertThat(refusal("{} {}").text()).contains("more after the object");
    }

    @Test
    void namesTheUnknownFieldAndTheKnownOnes() {
        assertThat(refusal("{'sender\\r\\n':1}").text()).contains("field: sender\\r\\n;", String.join(", ", JsonSubmission.KNOWN));
    }

    @Test
    void refusesWhatIsNotUtf8() {
        byte[] latin1 = ("{" + MAIL + ",'subject':'ü'}").replace('\'', '"').getBytes(StandardCharsets.ISO_8859_1);

        Refusal refusal = catchThrowableOfType(RefusedException.class, () -> reader.readJson(latin1)).refusal();

        assertThat(refusal.code()).isEqualTo(RefusalCode.CHARSET_INVALID);
        assertThat(refusal.seen()).isEqualTo("octet 0xFC at offset " + (latin1.length - 3));
    }

    @Test
    void keepsAFromFieldThatHoldsTheSendersAddress() {
        Submission submission = read("{" + MAIL + ",'headers':{'From':'Ann <a@X.example>'}}");

        assertThat(((Content.Composed) submission.content()).headers()).containsExactly(new Header("From", "Ann <a@X.example>"));
    }

    @Test
    void countsOctetsOfContent() {
        String text = "é".repeat(499);
        assertThat(read("{'from':'a@x','to':'b@y','subject':'12','text':'" + text + "'}").to()).hasSize(1);
        assertThat(refusal("{'from':'a@x','to':'b@y','subject':'123','text':'" + text + "'}").code()).isEqualTo(RefusalCode.BODY_TOO_LARGE);
        String base64 = "AAAA".repeat(400);
        assertThat(refusal("{'from':'a@x','to':'b@y','raw_base64':'" + base64 + "'}").text()).startsWith("[BODY_TOO_LARGE] raw_base64");
        byte[] flood = new byte[200_000];
        Arrays.fill(flood, (byte) '[');
        assertThat(catchThrowableOfType(RefusedException.class, () -> reader.readJson(flood)).refusal().code())
            .isEqualTo(RefusalCode.BODY_TOO_LARGE);
    }

    private Submission read(String json) {
        return reader.readJson(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private Refusal refusal(String json) {
        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> read(json));
        assertThat(refused).as("a refusal of %s", json).isNotNull();
        return refused.refusal();
    }
}
