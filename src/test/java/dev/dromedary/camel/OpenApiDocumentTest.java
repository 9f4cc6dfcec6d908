package dev.dromedary.camel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonMetaSchema;
import dev.dromedary.event.EventKind;
import dev.dromedary.message.RefusalCode;
import dev.dromedary.retry.DeferredMessage;
import dev.dromedary.suppression.Suppression;
import dev.dromedary.warning.WarningKind;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The description of the API for programs, against routes and code. What the answers look like is OpenApiIT's. */
class OpenApiDocumentTest {
    private final OpenApiFile file;

    OpenApiDocumentTest() throws IOException {
        file = new OpenApiFile();
    }

    @Test
    void itIsOpenApi31() {
        SwaggerParseResult read = new OpenAPIV3Parser().readContents(file.root().toString());
        assertThat(read.getMessages()).isEmpty();
        assertThat(read.getOpenAPI().getOpenapi()).startsWith("3.1.");
        assertThat(read.getOpenAPI().getPaths()).hasSizeGreaterThan(25);
    }

    @Test
    void everyCallIsDescribedAndNothingElse() throws IOException {
        assertThat(file.operations()).extracting(OpenApiFile.Operation::toString).containsExactlyInAnyOrderElementsOf(OpenApiFile.routes());
        assertThat(file.operations()).extracting(one -> one.node().path("operationId").asText()).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    }

    @Test
    void everyReferenceLeadsSomewhereAndEverythingThatIsDefinedIsUsed() {
        Set<String> used = new TreeSet<>();
        file.root().findValuesAsText("$ref").forEach(used::add);
        assertThat(used).allSatisfy(reference -> assertThat(file.root().at(reference.substring(1)).isMissingNode()).as(reference).isFalse());
        for (String kind : List.of("parameters", "responses", "schemas")) {
            file.root().at("/components/" + kind).fieldNames().forEachRemaining(name -> assertThat(used).contains("#/components/" + kind + "/" + name));
        }
    }

    @Test
    void everySchemaIsOne() {
        JsonNode metaschema = new ObjectMapper().createObjectNode().put("$ref", JsonMetaSchema.getV202012().getIri());
        file.root().at("/components/schemas").properties().forEach(schema -> assertThat(file.faults(metaschema, schema.getValue())).as(schema.getKey()).isEmpty());
    }

    @Test
    void everyExampleIsAsItsSchemaHasIt() {
        int[] examples = {0};
        file.root().findParents("example").forEach(media -> {
            assertThat(file.faults(media.path("schema"), media.path("example"))).as(media.path("example").toString()).isEmpty();
            examples[0]++;
        });
        assertThat(examples[0]).isGreaterThan(3);
    }

    @Test
    void thePathsParametersAreDescribed() {
        assertThat(file.operations()).allSatisfy(one -> {
            Set<String> named = Pattern.compile("\\{(\\w+)}").matcher(one.path()).results().map(found -> found.group(1)).collect(Collectors.toCollection(TreeSet::new));
            assertThat(one.parameters("path", file)).as(one.toString()).isEqualTo(named);
        });
    }

    @Test
    void everyCodeIsNamedAndStandsWithItsStatus() {
        assertThat(texts(file.root().at("/components/schemas/Problem/properties/error/properties/code/enum")))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(RefusalCode.values()).map(Enum::name).toList());
        file.operations().forEach(one -> one.node().path("responses").properties().stream().filter(answer -> answer.getKey().compareTo("400") >= 0).forEach(answer -> {
            String description = file.resolved(answer.getValue()).path("description").asText();
            List<RefusalCode> codes = Arrays.stream(RefusalCode.values()).filter(code -> description.matches("(?s).*\\b" + code + "\\b.*")).toList();
            assertThat(codes).as(one + " " + answer.getKey()).isNotEmpty().allMatch(code -> String.valueOf(code.httpStatus()).equals(answer.getKey()));
        }));
    }

    @Test
    void everyCallSaysWhoIsLetIn() {
        assertThat(file.root().at("/components/securitySchemes/apiKey/scheme").asText()).isEqualTo("bearer");
        assertThat(file.root().path("security").get(0).has("apiKey")).isTrue();
        assertThat(file.operations()).allSatisfy(one -> {
            assertThat(one.node().has("security")).as("the same for all: " + one).isFalse();
            assertThat(one.node().path("responses").has("401") && one.node().path("responses").has("403")).as(one.toString()).isTrue();
        });
    }

    @Test
    void listsOfWordsAreThoseOfTheCode() {
        assertThat(words("EventKind")).containsExactlyInAnyOrderElementsOf(Arrays.stream(EventKind.values()).map(EventKind::id).toList());
        assertThat(words("WaitKind")).containsExactlyInAnyOrderElementsOf(Arrays.stream(DeferredMessage.Kind.values()).map(DeferredMessage.Kind::id).toList());
        assertThat(words("WarningKind")).containsExactlyInAnyOrderElementsOf(Arrays.stream(WarningKind.values()).map(WarningKind::id).toList());
        assertThat(words("Origin")).containsExactlyInAnyOrderElementsOf(Arrays.stream(Suppression.Origin.values()).map(Suppression.Origin::id).toList());
    }

    private List<String> words(String schema) {
        return texts(file.root().at("/components/schemas/" + schema + "/enum"));
    }

    private static List<String> texts(JsonNode array) {
        return new ObjectMapper().convertValue(array, new com.fasterxml.jackson.core.type.TypeReference<List<String>>() { });
    }
}
