package io.gds.engine.mssql.internal.build;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gds.database.error.InvalidSpecException;
import io.gds.database.error.Problem;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueReaderTest {
    private static final BuildCatalogue EXCERPT = Excerpt.catalogue();

    private static KnownBuild known(String build) {
        return EXCERPT.find(Build.of(build)).orElseThrow();
    }

    private static BuildCatalogue rows(String rows) {
        return CatalogueReader.read("an index", "{\"LastUpdated\": \"2026-07-16\", \"Data\": [" + rows + "]}");
    }

    private static List<Problem> mistakes(String json) {
        InvalidSpecException refused =
                catchThrowableOfType(InvalidSpecException.class, () -> CatalogueReader.read("an index", json));
        assertThat(refused).hasMessageStartingWith("[GDS-SPEC-INVALID]").hasMessageContaining("an index has");
        return refused.problems();
    }

    private static List<Problem> mistakesOfRows(String rows) {
        return mistakes("{\"LastUpdated\": \"2026-07-16\", \"Data\": [" + rows + "]}");
    }

    @Test
    void readsARowWithAllThatIsInIt() {
        assertThat(known("16.0.4245"))
                .isEqualTo(new KnownBuild(
                        Build.of("16.0.4245"),
                        "RTM",
                        Optional.of("CU24"),
                        Channel.CU,
                        List.of("5080999"),
                        Optional.of(LocalDate.of(2026, 3, 12)),
                        Optional.of(LocalDate.of(2033, 1, 11)),
                        false));
    }

    @ParameterizedTest
    @CsvSource({
        // 2008 R2: two service packs, previews before the release.
        "10.50.1600, RTM, BASELINE, ''",
        "10.50.1617, RTM, GDR, ''",
        "10.50.6000, SP3, BASELINE, ''",
        // 2016: each service pack begins anew.
        "13.0.1601, RTM, BASELINE, ''",
        "13.0.1708, RTM, GDR, ''",
        "13.0.2149, RTM, CU, CU1",
        "13.0.2218, RTM, CU_GDR, CU9",
        "13.0.4001, SP1, BASELINE, ''",
        "13.0.4259, SP1, GDR, ''",
        "13.0.4446, SP1, CU, CU4",
        "13.0.5026, SP2, BASELINE, ''",
        "13.0.5108, SP2, GDR, ''",
        "13.0.5149, SP2, CU, CU1",
        "13.0.5865, SP2, CU_GDR, CU15",
        "13.0.5888, SP2, CU, CU17",
        "13.0.5893, SP2, CU_GDR, CU17",
        "13.0.6300, SP3, BASELINE, ''",
        "13.0.6404, SP3, GDR, ''",
        "13.0.6500, SP3, GDR, ''",
        "13.0.7000, SP3, AZURE_CONNECT, ''",
        "13.0.7095, SP3, AZURE_CONNECT, ''",
        // From 2017 on there are no service packs, and each line has its numbers.
        "14.0.1000, RTM, BASELINE, ''",
        "14.0.2130, RTM, GDR, ''",
        "14.0.3006, RTM, CU, CU1",
        "14.0.3550, RTM, CU_GDR, CU31",
        "15.0.2000, RTM, BASELINE, ''",
        "15.0.2070, RTM, GDR, ''",
        "15.0.4083, RTM, CU_GDR, CU8",
        "16.0.1000, RTM, BASELINE, ''",
        "16.0.1200, RTM, GDR, ''",
        "16.0.4230, RTM, CU_GDR, CU22",
        "16.0.4275, RTM, CU_GDR, CU26",
        "17.0.1000, RTM, BASELINE, ''",
        "17.0.1135, RTM, GDR, ''",
        "17.0.4006, RTM, CU, CU1",
        "17.0.4085, RTM, CU_GDR, CU8"
    })
    void everyRowHasItsServicePackAndItsLine(String build, String pack, Channel channel, String cumulative) {
        KnownBuild known = known(build);
        assertThat(known.servicePack()).isEqualTo(pack);
        assertThat(known.channel()).isEqualTo(channel);
        assertThat(known.cumulativeUpdate().orElse("")).isEqualTo(cumulative);
        assertThat(known.retired()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"13.0.5479", "15.0.4013", "15.0.4063", "16.0.4235", "17.0.4005"})
    void whatWasTakenBackIsRetired(String build) {
        assertThat(known(build).retired()).isTrue();
    }

    @Test
    void aFirstCumulativeUpdateThatLostItsNameIsNoSecurityUpdateOnTheRelease() {
        KnownBuild firstCut = known("17.0.4005");
        assertThat(firstCut.channel()).isEqualTo(Channel.CU);
        assertThat(firstCut.cumulativeUpdate()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.50.1092", "13.0.1400", "14.0.900", "15.0.1000", "15.0.1900", "16.0.950", "17.0.925"})
    void previewsAreLeftOut(String build) {
        assertThat(EXCERPT.find(Build.of(build))).isEmpty();
    }

    @Test
    void twoRowsWithTheSameNumbersAreOneBuildOfTheLaterDay() {
        KnownBuild twice = known("15.0.2180");
        assertThat(twice.articles()).containsExactly("5102336", "5122773");
        assertThat(twice.released()).contains(LocalDate.of(2026, 9, 8));
        assertThat(twice.channel()).isEqualTo(Channel.GDR);
    }

    @Test
    void aBuildOfTwoRowsIsRetiredWhenOneOfThemIs() {
        BuildCatalogue read =
                rows("{\"Version\": \"16.0.1000\", \"SP\": \"RTM\"}, {\"Version\": \"16.0.4003.1\", \"CU\": \"CU1\"},"
                        + " {\"Version\": \"16.0.4003.2\", \"Retired\": true}");
        assertThat(read.find(Build.of("16.0.4003")).orElseThrow().retired()).isTrue();
    }

    @Test
    void severalArticlesAreAllRead() {
        assertThat(known("13.0.2186").articles()).containsExactly("3205413", "3194717");
        assertThat(known("13.0.2149").articles()).containsExactly("3164674");
        assertThat(known("13.0.1601").articles()).isEmpty();
    }

    @Test
    void theEndOfSupportHoldsForTheRowsThatFollow() {
        assertThat(known("13.0.1708").supportedUntil()).contains(LocalDate.of(2018, 1, 9));
        assertThat(known("13.0.4446").supportedUntil()).contains(LocalDate.of(2019, 7, 9));
        assertThat(known("13.0.7095").supportedUntil()).contains(LocalDate.of(2026, 7, 14));
        assertThat(known("14.0.3550").supportedUntil()).contains(LocalDate.of(2027, 10, 12));
    }

    @Test
    void aServicePackMayBeMarkedAsTheLatest() {
        BuildCatalogue read =
                rows("{\"Version\": \"13.0.5026\", \"SP\": [\"SP2\", \"LATEST\"]}, {\"Version\": \"13.0.5081\"},"
                        + " {\"Version\": \"13.0.6300\", \"SP\": [\"LATEST\", \"SP3\"]}");
        assertThat(read.find(Build.of("13.0.5026")).orElseThrow().servicePack()).isEqualTo("SP2");
        assertThat(read.find(Build.of("13.0.5081")).orElseThrow().describe()).isEqualTo("13.0.5081 (SP2 GDR)");
        assertThat(read.find(Build.of("13.0.6300")).orElseThrow().describe()).isEqualTo("13.0.6300 (SP3 as released)");
    }

    @Test
    void aRowOutOfOrderKeepsTheLineOfItsNumbers() {
        BuildCatalogue read =
                rows("{\"Version\": \"16.0.1000\", \"SP\": \"RTM\"}, {\"Version\": \"16.0.4003\", \"CU\": \"CU1\"},"
                        + " {\"Version\": \"16.0.1050\"}, {\"Version\": \"16.0.4010\"}");
        assertThat(read.find(Build.of("16.0.1050")).orElseThrow().channel()).isEqualTo(Channel.GDR);
        assertThat(read.find(Build.of("16.0.4010")).orElseThrow().channel()).isEqualTo(Channel.CU_GDR);
    }

    @Test
    void aListWithoutPacksIsOneOfTheRelease() {
        BuildCatalogue read = rows("{\"Version\": \"16.0.1050\"}, {\"Version\": \"16.0.4003\", \"CU\": \"CU1\"}");
        assertThat(read.find(Build.of("16.0.1050")).orElseThrow().servicePack()).isEqualTo("RTM");
        assertThat(read.find(Build.of("16.0.4003")).orElseThrow().describe()).isEqualTo("16.0.4003 (RTM CU1)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-07-16", "2026-07-16T00:00:00", "2026-07-16T08:30:00+02:00", "2026-07-16T00:00:00Z"})
    void aDayHasManyShapes(String day) {
        BuildCatalogue read = CatalogueReader.read(
                "an index",
                "{\"LastUpdated\": \"" + day + "\", \"Data\": [{\"Version\": \"16.0.1000\", \"SP\": \"RTM\"}]}");
        assertThat(read.updatedAt()).isEqualTo(Instant.parse("2026-07-16T00:00:00Z"));
    }

    @Test
    void aListWithoutItsDayIsOld() {
        BuildCatalogue read =
                CatalogueReader.read("an index", "{\"Data\": [{\"Version\": \"16.0.1000\", \"SP\": \"RTM\"}]}");
        assertThat(read.updatedAt()).isEqualTo(Instant.EPOCH);
        assertThat(read.isStale(Excerpt.TODAY)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "7                                     | /Data/0             | 0           | something else | an object",
                "null                                  | /Data/0             | 0           | something else | an object",
                "{\"SP\":\"RTM\"}                      | /Data/0/Version     | Version     | nothing        | three numbers such as 16.0.4165",
                "{\"Version\":16}                      | /Data/0/Version     | Version     | something else | a text",
                "{\"Version\":\"16.0\"}                | /Data/0/Version     | Version     | \"16.0\"       | three numbers such as 16.0.4165",
                "{\"Version\":\"16.0.1\",\"CU\":1}     | /Data/0/CU          | CU          | something else | a text",
                "{\"Version\":\"16.0.1\",\"SP\":1}     | /Data/0/SP          | SP          | something else | a text or a list of texts",
                "{\"Version\":\"16.0.1\",\"SP\":[null]} | /Data/0/SP         | SP          | something else | a text or a list of texts",
                "{\"Version\":\"16.0.1\",\"KBList\":[5080999]} | /Data/0/KBList | KBList   | something else | a text or a list of texts",
                "{\"Version\":\"16.0.1\",\"ReleaseDate\":\"12.3.2026\"} | /Data/0/ReleaseDate | ReleaseDate | \"12.3.2026\" | a day such as 2026-03-12",
                "{\"Version\":\"16.0.1\",\"ReleaseDate\":20260312} | /Data/0/ReleaseDate | ReleaseDate | something else | a day such as 2026-03-12",
                "{\"Version\":\"16.0.1\",\"SupportedUntil\":\"soon\"} | /Data/0/SupportedUntil | SupportedUntil | \"soon\" | a day such as 2026-03-12",
                "{\"Version\":\"16.0.1\",\"Retired\":\"true\"} | /Data/0/Retired | Retired | something else | true or false"
            })
    void everyMistakeOfARowIsNamed(String row, String pointer, String field, String found, String expected) {
        assertThat(mistakesOfRows(row)).containsExactly(new Problem(pointer, field, found, expected));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"Data\": []}", "{\"Data\": {}}", "{\"Data\": null}"})
    void aListWithoutRowsIsRefused(String json) {
        assertThat(mistakes(json))
                .containsExactly(new Problem("/Data", "Data", "no rows", "a list with a row for each build"));
    }

    @Test
    void aWrongDayOfTheWholeListIsNamed() {
        assertThat(mistakes("{\"LastUpdated\": \"yesterday\", \"Data\": [{\"Version\": \"16.0.1000\"}]}"))
                .containsExactly(
                        new Problem("/LastUpdated", "LastUpdated", "\"yesterday\"", "a day such as 2026-03-12"));
    }

    @Test
    void brokenJsonIsToldByLineAndColumn() {
        assertThat(mistakes("{\n  \"Data\": [\n    {\"Version\" \"16.0.1000\"}\n  ]\n}"))
                .containsExactly(new Problem(
                        "", "", "not JSON: expected ':' at line 3, column 16", "the JSON of a build index"));
    }

    @Test
    void allMistakesAreToldAtOnce() {
        assertThat(mistakesOfRows(
                        "{\"Version\": \"16\"}, 7, {\"Version\": \"16.0.4003\", \"CU\": 1, \"ReleaseDate\": \"x\"}"))
                .extracting(Problem::location)
                .containsExactly("/Data/0/Version", "/Data/1", "/Data/2/CU", "/Data/2/ReleaseDate");
    }
}
