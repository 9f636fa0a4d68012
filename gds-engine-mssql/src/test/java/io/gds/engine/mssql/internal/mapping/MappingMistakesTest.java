package io.gds.engine.mssql.internal.mapping;

import static io.gds.engine.mssql.internal.mapping.Mistakes.assertOnlyMistake;
import static io.gds.engine.mssql.internal.mapping.Mistakes.mistakes;
import static io.gds.engine.mssql.internal.mapping.Mistakes.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every mistake that the reader can name, but for those in {@link FileMistakesTest}: where, what was found and expected. */
class MappingMistakesTest {
    private static final String FAMILIES = "one of 2008, 2008R2, 2012, 2014, 2016, 2017, 2019, 2022, 2025";
    private static final String LIST = "a list with at least one object";
    private static final String ORDER = "a number, 1 to 1000";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                     | not JSON: expected more at line 1, column 1",
                "[]                                     | not JSON: expected '{' at line 1, column 1",
                "{\"schema_version\" 1}                 | not JSON: expected ':' at line 1, column 19",
                "{\"schema_version\":1,}                | not JSON: expected another value at line 1, column 21",
                "{\"mappings\":[}                       | not JSON: expected a value at line 1, column 14",
                "{\"a\":1,\"a\":2}                      | not JSON: expected each key once in an object at line 1, column 12",
                "{\"a\":1} x                            | not JSON: expected the end at line 1, column 9"
            })
    void brokenJsonIsToldByLineAndColumn(String json, String found) {
        assertOnlyMistake(json, "", found, "a JSON object");
    }

    @Test
    void theLineIsCounted() {
        assertOnlyMistake(
                "{\n  \"schema_version\": 1,\n  \"mappings\": {{\n}",
                "",
                "not JSON: expected '\"' at line 3, column 16",
                "a JSON object");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"schema_version\":2 | \"2\"",
                "\"schema_version\":\"1\" | \"1\"",
                "\"schema_version\":null | nothing"
            })
    void onlyTheFirstSchemaIsKnown(String version, String found) {
        assertOnlyMistake(
                Mappings.of(Mappings.ENTRY).replace("\"schema_version\":1", version), "/schema_version", found, "1");
    }

    static Stream<Arguments> wrongFieldsOfTheWhole() {
        String mappings = "\"mappings\":[" + Mappings.ENTRY + "]";
        return Stream.of(
                Arguments.of("", "/mappings", "nothing", LIST),
                Arguments.of("\"mappings\":[]", "/mappings", "an empty list", LIST),
                Arguments.of("\"mappings\":{}", "/mappings", "an object", LIST),
                Arguments.of("\"mappings\":[7]", "/mappings[0]", "\"7\"", "an object"),
                Arguments.of("\"mappings\":[" + Mappings.ENTRY + ",[]]", "/mappings[1]", "a list", "an object"),
                Arguments.of(mappings + ",\"mapings\":1", "/mapings", "an unknown key", "perhaps \"mappings\""),
                Arguments.of(
                        mappings + ",\"unsupported_version\":[]",
                        "/unsupported_version",
                        "an unknown key",
                        "perhaps \"unsupported_versions\""),
                Arguments.of(mappings + ",\"unsupported_versions\":\"2008\"", "/unsupported_versions", "a text", LIST));
    }

    @ParameterizedTest
    @MethodSource("wrongFieldsOfTheWhole")
    void everyMistakeOfTheWholeIsNamed(String fields, String pointer, String found, String expected) {
        String json = "{\"schema_version\":1" + (fields.isEmpty() ? "" : "," + fields) + "}";
        assertOnlyMistake(json, pointer.replace("[", "/").replace("]", ""), found, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // The piece of the usual entry that is said otherwise | how | field | found | expected
                "\"version_family\":\"2022\", | ``                       | version_family | nothing | " + FAMILIES,
                "\"2022\"                | \" \"                         | version_family | an empty text | a text",
                "\"2022\"                | 2022                          | version_family | \"2022\" | a text",
                "\"2022\"                | \"2021\"                      | version_family | \"2021\" | " + FAMILIES,
                "\"min_build\":\"16.0.4003.1\", | ``                     | min_build | nothing | a build such as 16.0.4165.4",
                "\"16.0.4003.1\"         | \"\"                          | min_build | an empty text | a text",
                "\"16.0.4003.1\"         | 16                            | min_build | \"16\" | a text",
                "\"16.0.4003.1\"         | \"CU1\"                       | min_build | \"CU1\" | a build such as 16.0.4165.4",
                "\"16.0.4003.1\"         | \"15.0.4003.1\"               | min_build | \"15.0.4003.1\" | a build of SQL Server 2022: 16.0.*",
                "\"target_build\":\"16.0.4165.4\", | ``                  | target_build | nothing | a build such as 16.0.4165.4",
                "\"16.0.4165.4\"         | \"17.0.1000\"                 | target_build | \"17.0.1000\" | a build of SQL Server 2022: 16.0.*",
                "\"16.0.4165.4\"         | \"16.0.4165.4.1\"             | target_build | \"16.0.4165.4.1\" | a build such as 16.0.4165.4",
                "\"16.0.4003.1\"         | \"16.0.4175.1\"               | min_build | 16.0.4175 | less than target_build, 16.0.4165",
                "\"16.0.4003.1\"         | \"16.0.4165.1\"               | min_build | 16.0.4165 | less than target_build, 16.0.4165",
                "\"files\":              | \"edition_filter\":\"\",\"files\":   | edition_filter | an empty text | a text",
                "\"files\":              | \"edition_filter\":[],\"files\":     | edition_filter | a list | a text",
                "\"files\":              | \"description\":1,\"files\":         | description | \"1\" | a text",
                "\"files\":              | \"notes\":{},\"files\":              | notes | an object | a text",
                "\"files\":              | \"requires_restart\":\"yes\",\"files\": | requires_restart | a text | true or false",
                "\"files\":              | \"target_buld\":\"x\",\"files\":     | target_buld | an unknown key | perhaps \"target_build\""
            })
    void everyMistakeOfAnEntryIsNamed(String piece, String otherwise, String field, String found, String expected) {
        assertOnlyMistake(
                Mappings.of(Mappings.ENTRY.replace("4165.4", "4185.3"), Mappings.entry(piece, otherwise)),
                "/mappings/1/" + field,
                found,
                expected);
    }

    @Test
    void aKeyThatIsNearNoOtherIsToldAllOfThem() {
        assertOnlyMistake(
                Mappings.of(Mappings.entry("\"files\":", "\"q\":1,\"files\":")),
                "/mappings/0/q",
                "an unknown key",
                "one of version_family, edition_filter, min_build, target_build, description, files, requires_restart, notes");
    }

    @ParameterizedTest
    @CsvSource({"2008R2, 10.50.4165.4, 10.50.*", "2008, 10.0.4165.4, 10.0.*", "2016, 13.0.4165.4, 13.0.*"})
    void whatABuildShouldLookLikeIsToldByItsFamily(String family, String example, String range) {
        String entry = Mappings.entry("\"2022\"", "\"" + family + "\"");
        assertThat(mistakes(Mappings.of(entry.replace("16.0.4003.1", "x"))))
                .extracting(Problem::expected)
                .containsExactly("a build such as " + example, "a build of SQL Server " + family + ": " + range);
    }

    static Stream<Arguments> wrongUnsupportedVersions() {
        return Stream.of(
                Arguments.of("{\"message\":\"old\"}", "0/version_family", "nothing", FAMILIES),
                Arguments.of(
                        "{\"version_family\":\"2005\",\"message\":\"old\"}", "0/version_family", "\"2005\"", FAMILIES),
                Arguments.of(
                        "{\"version_family\":\"2008\"}",
                        "0/message",
                        "nothing",
                        "what to tell the owner of such an instance"),
                Arguments.of("{\"version_family\":\"2008\",\"message\":\" \"}", "0/message", "an empty text", "a text"),
                Arguments.of("{\"version_family\":\"2008\",\"message\":1}", "0/message", "\"1\"", "a text"),
                Arguments.of(
                        "{\"version_family\":\"2008\",\"mesage\":\"old\",\"message\":\"old\"}",
                        "0/mesage",
                        "an unknown key",
                        "perhaps \"message\""),
                Arguments.of(
                        "{\"version_family\":\"2008R2\",\"message\":\"a\"},{\"version_family\":\"2008 r2\",\"message\":\"b\"}",
                        "1/version_family",
                        "\"2008R2\" a second time",
                        "each family once"));
    }

    @ParameterizedTest
    @MethodSource("wrongUnsupportedVersions")
    void everyMistakeOfUnsupportedVersionsIsNamed(String unsupported, String at, String found, String expected) {
        assertOnlyMistake(
                "{\"schema_version\":1,\"mappings\":[" + Mappings.ENTRY + "],\"unsupported_versions\":[" + unsupported
                        + "]}",
                "/unsupported_versions/" + at,
                found,
                expected);
    }

    @Test
    void aFamilyIsEitherMappedOrUnsupported() {
        assertOnlyMistake(
                "{\"schema_version\":1,\"mappings\":[" + Mappings.ENTRY
                        + "],\"unsupported_versions\":[{\"version_family\":\"2022\",\"message\":\"no\"}]}",
                "/mappings/0/version_family",
                "\"2022\", which stands in unsupported_versions too",
                "a family in one of the two");
    }

    @ParameterizedTest
    @CsvSource({"'', ''", "Enterprise, Enterprise", "Enterprise, enterprise edition"})
    void anEntryStandsOnce(String edition, String other) {
        assertOnlyMistake(
                Mappings.of(
                        Mappings.sixteen("13.0.5026.0", "13.0.6300.2", edition),
                        Mappings.sixteen("13.0.5026", "13.0.6300", other)),
                "/mappings/1/target_build",
                "a second entry for the same family, edition and builds",
                "one entry");
    }

    @Test
    void allMistakesAreToldAtOnce() {
        String first = Mappings.entry("\"2022\"", "\"2023\"").replace("2022/", "C:/x");
        String second = Mappings.entry("\"order\":1", "\"order\":0,\"parameters\":\"/SAPWD=hunter2 /Action=Install\"")
                .replace("16.0.4165.4", "x");
        String json = "{\"schema_version\":3,\"mapings\":[],\"mappings\":[" + first + "," + second
                + "],\"unsupported_versions\":[{\"version_family\":\"2022\"}]}";
        InvalidSpecException refused = refused(json);
        assertThat(refused.problems())
                .extracting(Problem::location)
                .containsExactly(
                        "/mapings",
                        "/schema_version",
                        "/unsupported_versions/0/message",
                        "/mappings/0/version_family",
                        "/mappings/0/files/0/path",
                        "/mappings/1/version_family",
                        "/mappings/1/target_build",
                        "/mappings/1/files/0/order",
                        "/mappings/1/files/0/parameters",
                        "/mappings/1/files/0/parameters",
                        "/mappings/1/files/0/parameters");
        assertThat(refused)
                .hasMessageContaining("hotfix_mapping.json has 11 mistakes")
                .hasMessageContaining(
                        "/mappings/1/files/0/order: mappings[1].files[0].order: found 0, expected " + ORDER)
                .hasMessageNotContaining("hunter2");
        assertThat(refused.problems()).extracting(Problem::field).contains("mappings[1].files[0].parameters");
    }
}
