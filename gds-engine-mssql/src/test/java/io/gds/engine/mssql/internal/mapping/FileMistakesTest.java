package io.gds.engine.mssql.internal.mapping;

import static io.gds.engine.mssql.internal.mapping.Mistakes.assertOnlyMistake;
import static io.gds.engine.mssql.internal.mapping.Mistakes.mistakes;
import static io.gds.engine.mssql.internal.mapping.Mistakes.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.gds.database.error.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake in the files of an entry that the reader can name. */
class FileMistakesTest {
    private static final String LIST = "a list with at least one object";
    private static final String EXE = "a name without a folder that ends with .exe";
    private static final String FOLDER =
            "a folder relative to that of the packages, without .., or a UNC path such as \\\\server\\share\\folder";
    private static final String ORDER = "a number, 1 to 1000";
    private static final String SWITCHES = "switches such as /quiet or /Action=Patch, without quotes";
    private static final String NO_PASSWORD = "no passwords and keys: an update needs none";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"filename\":\"a.exe\", | ``                  | filename | nothing | the name of a package",
                "\"a.exe\"       | \"\"                        | filename | an empty text | a text",
                "\"a.exe\"       | 7                           | filename | \"7\" | a text",
                "\"a.exe\"       | \"a.msi\"                   | filename | \"a.msi\" | " + EXE,
                "\"a.exe\"       | \"exe\"                     | filename | \"exe\" | " + EXE,
                "\"a.exe\"       | \".exe\"                    | filename | \".exe\" | " + EXE,
                "\"a.exe\"       | \"2022/a.exe\"              | filename | \"2022/a.exe\" | " + EXE,
                "\"a.exe\"       | \"..\\\\a.exe\"             | filename | \"..\\a.exe\" | " + EXE,
                "\"a.exe\"       | \"C:a.exe\"                 | filename | \"C:a.exe\" | " + EXE,
                "\"a.exe\"       | \"*.exe\"                   | filename | \"*.exe\" | " + EXE,
                "\"path\":\"2022/\", | ``                      | path | nothing | a folder, relative or UNC",
                "\"2022/\"       | \" \"                       | path | an empty text | a text",
                "\"2022/\"       | []                          | path | a list | a text",
                "\"2022/\"       | \"/hotfixes\"               | path | \"/hotfixes\" | " + FOLDER,
                "\"2022/\"       | \"\\\\hotfixes\"            | path | \"\\hotfixes\" | " + FOLDER,
                "\"2022/\"       | \"C:\\\\hotfixes\"          | path | \"C:\\hotfixes\" | " + FOLDER,
                "\"2022/\"       | \"C:hotfixes\"              | path | \"C:hotfixes\" | " + FOLDER,
                "\"2022/\"       | \"..\"                      | path | \"..\" | " + FOLDER,
                "\"2022/\"       | \"hotfixes/../../x\"        | path | \"hotfixes/../../x\" | " + FOLDER,
                "\"2022/\"       | \"hotfixes\\\\..\\\\x\"     | path | \"hotfixes\\..\\x\" | " + FOLDER,
                "\"2022/\"       | \"hotfixes/.. /x\"          | path | \"hotfixes/.. /x\" | " + FOLDER,
                "\"2022/\"       | \"\\\\\\\\server\"          | path | \"\\\\server\" | " + FOLDER,
                "\"2022/\"       | \"\\\\\\\\server\\\\share\\\\..\\\\c$\" | path | \"\\\\server\\share\\..\\c$\" | "
                        + FOLDER,
                "\"2022/\"       | \"//server/share\"          | path | \"//server/share\" | " + FOLDER,
                "\"2022/\"       | \"http://server/a\"         | path | \"http://server/a\" | " + FOLDER,
                ",\"order\":1    | ``                          | order | nothing | " + ORDER,
                "\"order\":1     | \"order\":null              | order | nothing | " + ORDER,
                "\"order\":1     | \"order\":0                 | order | 0 | " + ORDER,
                "\"order\":1     | \"order\":-1                | order | -1 | " + ORDER,
                "\"order\":1     | \"order\":1001              | order | 1001 | " + ORDER,
                "\"order\":1     | \"order\":\"1\"             | order | a text | " + ORDER,
                "\"order\":1     | \"order\":1,\"required\":1  | required | \"1\" | true or false",
                "\"order\":1     | \"order\":1,\"parameters\":\"\" | parameters | an empty text | a text",
                "\"order\":1     | \"order\":1,\"parameters\":[\"/quiet\"] | parameters | a list | a text",
                "\"order\":1     | \"order\":1,\"parameter\":\"/quiet\" | parameter | an unknown key | perhaps \"parameters\""
            })
    void everyMistakeOfAFileIsNamed(String piece, String otherwise, String field, String found, String expected) {
        assertOnlyMistake(Mappings.file(piece, otherwise), "/mappings/0/files/0/" + field, found, expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null     | /mappings/0/files   | nothing       | " + LIST,
                "[]       | /mappings/0/files   | an empty list | " + LIST,
                "{}       | /mappings/0/files   | an object     | " + LIST,
                "\"a.exe\" | /mappings/0/files | a text        | " + LIST,
                "[[]]     | /mappings/0/files/0 | a list        | an object",
                "[null]   | /mappings/0/files/0 | null          | a value"
            })
    void anEntryNeedsFiles(String files, String pointer, String found, String expected) {
        assertOnlyMistake(Mappings.of(Mappings.entry("[" + Mappings.FILE + "]", files)), pointer, found, expected);
    }

    @Test
    void anOrderStandsOnceInAnEntryAndMayStandInTheNextAgain() {
        String twice = Mappings.entry(Mappings.FILE, Mappings.FILE + "," + Mappings.FILE.replace("a.exe", "b.exe"));
        assertOnlyMistake(
                Mappings.of(Mappings.ENTRY.replace("4165.4", "4185.3"), twice),
                "/mappings/1/files/1/order",
                "1 a second time",
                "a number of its own");
    }

    @Test
    void aFractionIsNoOrder() {
        assertOnlyMistake(
                Mappings.file("\"order\":1", "\"order\":1.5"), "/mappings/0/files/0/order", "1.5", "a whole number");
    }

    @Test
    void aNameHasNoLineBreaks() {
        assertThat(mistakes(Mappings.file("a.exe", "a\\nb.exe")))
                .extracting(Problem::location, Problem::expected)
                .containsExactly(tuple("/mappings/0/files/0/filename", EXE));
        assertThat(mistakes(Mappings.file("2022/", "20\\t22/")))
                .extracting(Problem::expected)
                .containsExactly(FOLDER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/quiet /SAPWD=hunter2                       | /SAPWD=***",
                "/quiet /sapwd=hunter2                       | /sapwd=***",
                "/quiet /SAPWD:hunter2                       | /SAPWD=***",
                "/quiet SAPWD=hunter2                        | SAPWD=***",
                "/quiet -SAPWD=hunter2                       | -SAPWD=***",
                "/quiet --SAPWD=hunter2                      | --SAPWD=***",
                "/quiet /SQLSVCPASSWORD=hunter2              | /SQLSVCPASSWORD=***",
                "/quiet /AGTSVCPASSWORD=hunter2              | /AGTSVCPASSWORD=***",
                "/quiet /ISMASTERSVCPASSWORD=hunter2         | /ISMASTERSVCPASSWORD=***",
                "/quiet /AZURESERVICEPRINCIPALSECRET=hunter2 | /AZURESERVICEPRINCIPALSECRET=***",
                "/quiet /FARMPASSPHRASE=hunter2              | /FARMPASSPHRASE=***",
                "/quiet /PID=hunter2-22222-33333             | /PID=***",
                // Words behind the first one may be a part of it.
                "/quiet /SAPWD hunter2                       | /SAPWD=***",
                "/quiet /SAPWD= hunter2                      | /SAPWD=***",
                "/quiet /SAPWD=\\\"my hunter2 /hunter2\\\"   | /SAPWD=***",
                "/quiet \\\"/SAPWD=hunter2\\\"               | \"/SAPWD=***",
                "/quiet /SAPWD='my hunter2                   | /SAPWD=***",
                "/quiet /SAPWDhunter2                        | /SAPWD=***",
                "/quiet /Action=Patch;/SAPWD=hunter2         | /Action=Patch;/SAPWD=***"
            })
    void aPasswordIsRefusedAndNeverShown(String parameters, String found) {
        String json = Mappings.parameters(parameters);
        assertOnlyMistake(json, "/mappings/0/files/0/parameters", found, NO_PASSWORD);
        assertThat(refused(json)).hasMessageNotContaining("hunter2");
    }

    @Test
    void anInstanceMayBeNamedLikeASecret() {
        HotfixMapping read = MappingReader.read(
                "hotfix_mapping.json", Mappings.parameters("/quiet /InstanceName=PWD1 /Action=Patch"));
        assertThat(read.hotfixes().get(0).files().get(0).arguments().value("instancename"))
                .contains("PWD1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/InstanceName='A'",
                "/InstanceName=\\\"A\\\"",
                "/a=`b",
                "/a=%TEMP%",
                "/a&b",
                "/a=b|c",
                "/a=b>c",
                "/a=<b",
                "/a=^b",
                "/a=b\\u0007",
                "quiet",
                "-quiet",
                "//quiet",
                "/",
                "/=a",
                "/1a",
                "&&",
                "calc.exe"
            })
    void aWordThatIsNoPlainSwitchIsRefused(String word) {
        String shown = word.replace("\\\"", "\"").replace("\\u0007", "\u0007");
        assertOnlyMistake(
                Mappings.parameters("/quiet " + word), "/mappings/0/files/0/parameters", "\"" + shown + "\"", SWITCHES);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/quiet /Action=Install                    | /Action=Install",
                "/quiet /ACTION=RemovePatch                | /ACTION=RemovePatch",
                "/quiet /Action:Uninstall                  | /Action:Uninstall",
                "/quiet /Action                            | /Action",
                "/quiet /Action=Patch /Action=RemovePatch  | /Action=RemovePatch"
            })
    void onlyPatchIsAnAction(String parameters, String found) {
        assertOnlyMistake(Mappings.parameters(parameters), "/mappings/0/files/0/parameters", found, "/Action=Patch");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Action=Patch", "/IAcceptSQLServerLicenseTerms /AllInstances", "/quiet=False", "/quietly"})
    void nobodySitsThereToAnswerQuestions(String parameters) {
        assertOnlyMistake(
                Mappings.parameters(parameters),
                "/mappings/0/files/0/parameters",
                "\"" + parameters + "\"",
                "/quiet among them: nobody sits there to answer questions");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/quiet", "/QUIET", "/q", "/qs", "/Quiet=True"})
    void quietHasSeveralNames(String parameters) {
        assertThat(MappingReader.read("m", Mappings.parameters(parameters)).hotfixes())
                .hasSize(1);
    }
}
