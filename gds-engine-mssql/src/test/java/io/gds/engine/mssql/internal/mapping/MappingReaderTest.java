package io.gds.engine.mssql.internal.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.build.Family;
import io.gds.engine.mssql.internal.setup.SetupArguments;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is right; what is wrong stands in {@link MappingMistakesTest}. */
class MappingReaderTest {
    private static HotfixMapping read(String json) {
        return MappingReader.read("hotfix_mapping.json", json);
    }

    private static Hotfix only(String entry) {
        List<Hotfix> read = read(Mappings.of(entry)).hotfixes();
        assertThat(read).hasSize(1);
        return read.get(0);
    }

    private static InstallerFile onlyFile(String json) {
        return read(json).hotfixes().get(0).files().get(0);
    }

    @Test
    void theExampleHasThreeEntriesAndOneFamilyWithoutUpdates() {
        HotfixMapping read = read(Mappings.example());
        assertThat(read.hotfixes()).extracting(Hotfix::index).containsExactly(0, 1, 2);
        assertThat(read.unsupported())
                .isEqualTo(Map.of(Family.V2008R2, "SQL Server 2008 R2 is out of support. No CUs available."));
    }

    @Test
    void theFirstEntryOfTheExampleIsReadExactly() {
        Hotfix first = read(Mappings.example()).hotfixes().get(0);
        assertThat(first.family()).isEqualTo(Family.V2022);
        assertThat(first.editionFilter()).isEmpty();
        assertThat(first.minimum()).isEqualTo(Build.of("16.0.4085.0"));
        assertThat(first.target()).isEqualTo(Build.of("16.0.4165.4"));
        assertThat(first.description()).isEqualTo("CU16 for SQL Server 2022");
        assertThat(first.requiresRestart()).isTrue();
        assertThat(first.notes()).isEqualTo("Apply during maintenance window");
        assertThat(first.files())
                .containsExactly(new InstallerFile(
                        "SQLServer2022-KB5048038-x64.exe", "hotfixes/2022/", 1, true, SetupArguments.usual()));
        assertThat(first).hasToString("CU16 for SQL Server 2022");
    }

    @Test
    void theSecondEntryOfTheExampleIsReadExactly() {
        Hotfix second = read(Mappings.example()).hotfixes().get(1);
        assertThat(second.family()).isEqualTo(Family.V2019);
        assertThat(second.editionFilter()).isEmpty();
        assertThat(second.minimum()).isEqualTo(Build.of("15.0.4298"));
        assertThat(second.target()).isEqualTo(Build.of("15.0.4395"));
        assertThat(second.notes()).isEmpty();
        assertThat(second.files())
                .containsExactly(new InstallerFile(
                        "SQLServer2019-KB5046859-x64.exe", "hotfixes/2019/", 1, true, SetupArguments.usual()));
    }

    @Test
    void theThirdEntryOfTheExampleHasTwoPackagesOneOfThemOptional() {
        Hotfix third = read(Mappings.example()).hotfixes().get(2);
        assertThat(third.family()).isEqualTo(Family.V2016);
        assertThat(third.minimum()).isEqualTo(Build.of("13.0.6300"));
        assertThat(third.target()).isEqualTo(Build.of("13.0.6441"));
        InstallerFile pack = third.files().get(0);
        assertThat(pack.filename()).isEqualTo("SQLServer2016-SP3-KB5003279-x64.exe");
        assertThat(pack.required()).isTrue();
        assertThat(pack.arguments().words()).containsExactly("/quiet", "/IAcceptSQLServerLicenseTerms");
        InstallerFile optional = third.files().get(1);
        assertThat(optional.order()).isEqualTo(2);
        assertThat(optional.required()).isFalse();
        assertThat(optional.path()).isEqualTo("hotfixes/2016/");
        assertThat(optional).hasToString("SQLServer2016-KB5029186-x64.exe (optional)");
        assertThat(third.files()).hasSize(2);
    }

    @Test
    void whatIsNotSaidHasItsUsualValue() {
        Hotfix entry = only(Mappings.ENTRY);
        assertThat(entry.editionFilter()).isEmpty();
        assertThat(entry.description()).isEmpty();
        assertThat(entry.notes()).isEmpty();
        assertThat(entry.requiresRestart()).isTrue();
        assertThat(entry.files().get(0).required()).isTrue();
        assertThat(entry.files().get(0).arguments()).isEqualTo(SetupArguments.usual());
        assertThat(entry).hasToString("SQL Server 2022 to 16.0.4165");
    }

    @Test
    void aNullCountsAsAbsent() {
        String nulls =
                "\"order\":1,\"required\":null,\"parameters\":null}],\"edition_filter\":null,\"description\":null,"
                        + "\"requires_restart\":null,\"notes\":null,\"none\":null}";
        String entry = Mappings.entry("\"order\":1}]}", nulls);
        String whole = "{\"schema_version\":1,\"unsupported_versions\":null,\"mappings\":[" + entry + "]}";
        assertThat(read(whole)).isEqualTo(read(Mappings.of(Mappings.ENTRY)));
    }

    @Test
    void flagsAreReadAsTheyStand() {
        assertThat(only(Mappings.entry("\"files\"", "\"requires_restart\":false,\"files\""))
                        .requiresRestart())
                .isFalse();
        assertThat(onlyFile(Mappings.file("\"order\":1", "\"order\":1,\"required\":false"))
                        .required())
                .isFalse();
    }

    @Test
    void filesStandInTheirOrderWhateverTheOrderInTheFile() {
        String late = Mappings.FILE.replace("a.exe", "late.exe").replace("\"order\":1", "\"order\":10");
        String soon = Mappings.FILE.replace("a.exe", "soon.exe").replace("\"order\":1", "\"order\":2");
        assertThat(only(Mappings.entry(Mappings.FILE, late + "," + soon + "," + Mappings.FILE))
                        .files())
                .extracting(InstallerFile::filename)
                .containsExactly("a.exe", "soon.exe", "late.exe");
    }

    @ParameterizedTest
    @CsvSource({
        "hotfixes,                            false",
        "hotfixes/2022/,                      false",
        "'hotfixes\\\\2022',                  false",
        "hot fixes/SQL Server 2022,           false",
        "./2022..old/,                        false",
        "'\\\\\\\\files\\\\share',            true",
        "'\\\\\\\\files.local\\\\share$\\\\2022\\\\', true"
    })
    void aFolderIsRelativeOrOfAFileServer(String folder, boolean unc) {
        InstallerFile file = onlyFile(Mappings.file("2022/", folder));
        assertThat(file.path()).isEqualTo(folder.replace("\\\\", "\\"));
        assertThat(file.isUnc()).isEqualTo(unc);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SQLServer2022-KB5048038-x64.exe", "setup.EXE", "with blanks (1).exe", "..exe", "a.b.exe"})
    void aFilenameEndsWithExe(String name) {
        assertThat(onlyFile(Mappings.file("a.exe", name)).filename()).isEqualTo(name);
    }

    @Test
    void aFamilyIsFoundWhateverItsBlanksAndCase() {
        String whole = "{\"schema_version\":1,\"mappings\":[" + Mappings.ENTRY
                + "],\"unsupported_versions\":[{\"version_family\":\"2008 r2\",\"message\":\"too old\"}]}";
        assertThat(read(whole).unsupported()).isEqualTo(Map.of(Family.V2008R2, "too old"));
    }

    @Test
    void noUnsupportedVersionsAreNoMistake() {
        String whole = "{\"schema_version\":1,\"unsupported_versions\":[],\"mappings\":[" + Mappings.ENTRY + "]}";
        assertThat(read(whole).unsupported()).isEmpty();
    }

    @Test
    void buildsMayHaveThreeNumbersAndThoseOfFileProperties() {
        Hotfix entry = only(Mappings.sixteen("13.2.5026", "13.3.6300.2", ""));
        assertThat(entry.minimum()).isEqualTo(Build.of("13.0.5026"));
        assertThat(entry.target()).isEqualTo(Build.of("13.0.6300"));
    }

    @Test
    void entriesThatDifferInOneThingAreNoDuplicates() {
        HotfixMapping read = read(Mappings.of(
                Mappings.sixteen("13.0.5026", "13.0.6300", ""),
                Mappings.sixteen("13.0.5026", "13.0.6300", "Enterprise"),
                Mappings.sixteen("13.0.5026", "13.0.6300", "Standard"),
                Mappings.sixteen("13.0.6300", "13.0.6441", "")));
        assertThat(read.hotfixes()).hasSize(4);
    }

    @Test
    void aTextFromWindowsMayBeginWithItsMark() {
        assertThat(read("\uFEFF" + Mappings.example())).isEqualTo(read(Mappings.example()));
    }
}
