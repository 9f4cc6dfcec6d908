package dev.dromedary.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that other validators are tested with. The rows that differ from them on purpose are named in docs/providers.md. */
class AddressCorpusTest {
    private static final Path CORPORA = Path.of("../shared/data/addresses");
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void agreesWithIsEmailOnWhatSmtpCanUse() throws IOException {
        List<String> differing = differing("isemail.jsonl", "smtp_usable");

        // The corpus contradicts itself on a "::" for one group: this row says no, two others say yes.
        assertThat(differing).containsExactly("ise-tests-71");
    }

    @Test
    void agreesWithPythonEmailValidatorButForItsOptions() throws IOException {
        List<String> differing = differing("python_email_validator.jsonl", "valid");

        // A display name (an option), an IPv6 literal (an option), names that are reserved but well formed, and SMTPUTF8 turned off (an option).
        assertThat(differing).containsExactly("pev-11", "pev-99", "pev-117", "pev-118", "pev-122", "pev-134", "pev-135");
    }

    @Test
    void writesTheDomainAsPythonEmailValidatorDoes() throws IOException {
        var compared = new ArrayList<String>();
        for (JsonNode row : rows("python_email_validator.jsonl")) {
            JsonNode domain = row.path("expected").path("ascii_domain");
            if (row.path("valid").asBoolean() && domain.isTextual() && !row.path("address").asText().contains("<")) {
                EmailAddress address = EmailAddress.parse(row.path("address").textValue());
                assertThat(address.domain()).isEqualTo(domain.textValue());
                assertThat(address.localPart()).isEqualTo(row.path("expected").path("local_part").textValue());
                compared.add(address.toString());
            }
        }
        assertThat(compared).hasSizeGreaterThan(10);
    }

    private static List<String> differing(String file, String label) throws IOException {
        var differing = new ArrayList<String>();
        for (JsonNode row : rows(file)) {
            if (isUsable(row.path("address").textValue()) != row.path(label).booleanValue()) {
                differing.add(row.path("id").asText());
            }
        }
        return differing;
    }

    private static boolean isUsable(String address) {
        try {
            EmailAddress.parse(address);
            return true;
        } catch (RefusedException refused) {
            return false;
        }
    }

    private static List<JsonNode> rows(String file) throws IOException {
        var rows = new ArrayList<JsonNode>();
        for (String line : Files.readAllLines(CORPORA.resolve(file))) {
            rows.add(JSON.readTree(line));
        }
        assertThat(rows).hasSizeGreaterThan(50);
        return rows;
    }
}
