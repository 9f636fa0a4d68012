package io.gds.engine.mssql.internal.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TargetsFileTest {
    /** Three lines before the first field, so that a line that is found by chance is told from one that is right. */
    private static final String TARGET =
            """
            {
              "targets": [
                {
                  "server": "SQL01",
                  "instance": "SALES",
                  "port": 14330,
                  "authentication": "ntlm",
                  "user": "CORP\\\\svc_patch",
                  "secret": "env:SQL_PASSWORD",
                  "tags": ["wave1"],
                  "environment": "production",
                  "enabled": true
                }
              ]
            }
            """;

    private static TargetsFile read(String json) {
        return TargetsFile.read("sql_targets.json", json);
    }

    private static List<Problem> mistakes(String json) {
        InvalidSpecException refused = catchThrowableOfType(InvalidSpecException.class, () -> read(json));
        assertThat(refused).as("a refusal of %s", json).isNotNull().hasMessageContaining("sql_targets.json has ");
        return refused.problems();
    }

    private static String with(String piece, String otherwise) {
        assertThat(TARGET).contains(piece);
        return TARGET.replace(piece, otherwise);
    }

    @Test
    void everyFieldIsRead() {
        assertThat(read(TARGET).targets())
                .containsExactly(new TargetSpec(
                        "SQL01",
                        Optional.of("SALES"),
                        OptionalInt.of(14330),
                        Authentication.NTLM,
                        Optional.of("CORP\\svc_patch"),
                        Optional.of("env:SQL_PASSWORD"),
                        Set.of("wave1"),
                        "production",
                        true));
    }

    @Test
    void aNullIsAbsentSoTheDefaultInstanceMayBeNull() {
        TargetsFile file = read(with("\"SALES\"", "null"));
        assertThat(file.targets().get(0).instance()).isEmpty();
        assertThat(file.targets().get(0).name()).isEqualTo("SQL01");
        assertThat(file.spec().objects("targets").get(0).has("instance")).isFalse();
    }

    @Test
    void whatItGivesIsWhatASpecHasAsTargets() {
        TargetsFile file = read(TARGET);
        assertThat(file.spec().asMap()).containsOnlyKeys("targets");
        assertThat(MssqlSpec.of(file.spec().with("name", "fleet")).targets()).isEqualTo(file.targets());
    }

    @Test
    void theVersionMayBeSaidAsInAMapping() {
        assertThat(read(with("\"targets\": [", "\"schema_version\": 1, \"targets\": ["))
                        .targets())
                .hasSize(1);
        assertThat(mistakes(with("\"targets\": [", "\"schema_version\": 2,\n\"targets\": [")))
                .containsExactly(new Problem("line 2, /schema_version", "schema_version", "\"2\"", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"SQL01\"      | \"SQL01\\\\SALES\"  | 4, /targets/0/server | \"SQL01\\SALES\" | a host name or address; the instance has a field of its own",
                "\"SQL01\"      | \"\"                | 4, /targets/0/server | an empty text | a text",
                "\"SALES\"      | \"no blanks\"       | 5, /targets/0/instance | \"no blanks\" | the name of an instance, up to 16 characters",
                "14330          | 0                   | 6, /targets/0/port | 0 | a port, 1 to 65535",
                "14330          | 1433.5              | 6, /targets/0/port | 1433.5 | a whole number",
                "14330          | \"14330\"           | 6, /targets/0/port | a text | a port, 1 to 65535",
                "\"ntlm\"       | \"windows\"         | 7, /targets/0/authentication | \"windows\" | one of sql, ntlm, kerberos",
                "\"ntlm\"       | \"kerberos\"        | 9, /targets/0/secret | a reference | nothing: with kerberos this process has a ticket",
                "env:SQL_PASSWORD | hunter2           | 9, /targets/0/secret | *** | a reference such as env:PGPASSWORD, never the password itself",
                "\"wave1\"      | 1                   | 10, /targets/0/tags/0 | \"1\" | a text",
                "\"production\" | true                | 11, /targets/0/environment | \"true\" | a text",
                "true           | \"yes\"             | 12, /targets/0/enabled | a text | true or false",
                "\"enabled\"    | \"enable\"          | 12, /targets/0/enable | an unknown key | perhaps \"enabled\"",
                "\"targets\"    | \"target\"          | 2, /target | an unknown key | perhaps \"targets\""
            })
    void aMistakeIsNamedWithItsLine(String piece, String otherwise, String location, String found, String expected) {
        List<Problem> problems = mistakes(with(piece, otherwise));
        assertThat(problems.get(0).location()).isEqualTo("line " + location);
        assertThat(problems.get(0).found()).isEqualTo(found);
        assertThat(problems.get(0).expected()).isEqualTo(expected);
        assertThat(problems.toString()).doesNotContain("hunter2");
    }

    @Test
    void whatIsMissingHasTheLineOfItsTarget() {
        assertThat(mistakes(with("      \"environment\": \"production\",\n", "")))
                .containsExactly(new Problem(
                        "line 3, /targets/0/environment",
                        "targets[0].environment",
                        "nothing",
                        "production, test or another word"));
        assertThat(mistakes("\n\n{}")).extracting(Problem::location).containsExactly("line 3, /targets");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        String json =
                """
                {"targets": [
                  {"server": "A", "user": "sa", "secret": "env:P", "environment": "test", "colour": "red"},

                  {"server": "B", "instance": "1X", "secret": "env:P", "environment": "test"},
                  {"server": "C", "authentication": "kerberos", "port": -1}
                ]}
                """;
        assertThat(mistakes(json))
                .extracting(Problem::location)
                .containsExactlyInAnyOrder(
                        "line 2, /targets/0/colour",
                        "line 4, /targets/1/instance",
                        "line 4, /targets/1/user",
                        "line 5, /targets/2/port",
                        "line 5, /targets/2/environment");
    }

    @ParameterizedTest
    @CsvSource({"SQL01, SALES, sql01, sales", "SQL01, MSSQLSERVER, sql01, ", "SQL01,, SQL01, mssqlserver"})
    void anInstanceStandsOnceWhateverItsCase(String server, String instance, String again, String sameInstance) {
        String json = "{\"targets\":[" + target(server, instance) + ",\n" + target(again, sameInstance) + "]}";
        assertThat(mistakes(json)).singleElement().satisfies(p -> {
            assertThat(p.location()).isEqualTo("line 2, /targets/1/server");
            assertThat(p.found()).endsWith("again");
            assertThat(p.expected()).isEqualTo("each instance once");
        });
    }

    @Test
    void theSameServerMayHaveOtherInstances() {
        String json = "{\"targets\":[" + target("A", null) + "," + target("A", "X") + "," + target("B", "X") + "]}";
        assertThat(read(json).targets()).extracting(TargetSpec::name).containsExactly("A", "A\\X", "B\\X");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"''", "[]", "{\"targets\": [}", "{\"targets\":[],\"targets\":[]}"})
    void whatIsNoJsonIsSaidByLine(String json) {
        assertThat(mistakes(json)).singleElement().satisfies(p -> {
            assertThat(p.found()).startsWith("not JSON: ").contains("line 1, column ");
            assertThat(p.expected()).isEqualTo("a JSON object");
        });
    }

    @Test
    void linesAreRightWhateverTheTextLooksLike() {
        String json =
                "\uFEFF{\r\n\"targets\"\r\n:\r\n[{\"server\":\"a\\\"}]{[,:\\\\\",\r\n\"enabled\"\r\n:\r\nnull\r\n,"
                        + "\"tags\":[\"x\",\r\n2 ],\"user\":\"u\",\r\n\"secret\":\"env:P\",\"environment\":\"e\"}\r\n]}";
        assertThat(mistakes(json))
                .extracting(Problem::location)
                .containsExactly("line 4, /targets/0/server", "line 9, /targets/0/tags/1");
    }

    private static String target(String server, String instance) {
        String named = instance == null ? "null" : "\"" + instance + "\"";
        return "{\"server\":\"" + server + "\",\"instance\":" + named
                + ",\"user\":\"sa\",\"secret\":\"env:P\",\"environment\":\"test\"}";
    }
}
