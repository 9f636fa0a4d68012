package io.gds.database.testkit.powershell;

import static io.gds.database.testkit.powershell.Scripts.failure;
import static io.gds.database.testkit.powershell.Scripts.result;
import static io.gds.database.testkit.powershell.Scripts.strict;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Values, conversions and operators, as Windows PowerShell 5.1 has them. */
class ValuesTest {
    @Test
    void stringsInSingleQuotesAreTakenAsTheyAre() {
        assertThat(result("'a $x `n ''b'''")).isEqualTo("a $x `n 'b'");
    }

    @Test
    void stringsInDoubleQuotesAreExpanded() {
        assertThat(result("$x = 5; \"a $x $($x + 1) `$x `\"q`\" \"\"r\"\"\"")).isEqualTo("a 5 6 $x \"q\" \"r\"");
    }

    @Test
    void onlyTheVariableIsExpandedAndNotItsMember() {
        assertThat(result("$d = 'ab'; \"$d.Length $($d.Length)\"")).isEqualTo("ab.Length 2");
    }

    @Test
    void aBacktickKeepsADollarSignInFrontOfAVariable() {
        assertThat(result("$n = 'SQL1'; \"MSSQL`$$n\"")).isEqualTo("MSSQL$SQL1");
    }

    @Test
    void arraysAreJoinedByBlanksInStrings() {
        assertThat(result("$a = 1, 2, 3; \"$a|\"")).isEqualTo("1 2 3|");
    }

    @Test
    void hereStringsKeepTheirLines() {
        assertThat(result("$x = 1\n$s = @\"\na $x\nb\n\"@\n$s.Replace(\"`n\", '/')"))
                .isEqualTo("a 1/b");
    }

    @Test
    void booleansNullAndTypesAreStringsOfTheirOwn() {
        assertThat(result("\"$true $null $([int]) $(@{}) $([pscustomobject]@{ a = 1; b = 'x' })\""))
                .isEqualTo("True  System.Int32 System.Collections.Hashtable @{a=1; b=x}");
    }

    @Test
    void wholeNumbersThatGrowTooBigBecomeDoubles() {
        assertThat(result("$x = [int]::MaxValue + 1; \"$x $($x.GetType().Name)\""))
                .isEqualTo("2147483648 Double");
    }

    @Test
    void aDivisionStaysWholeOnlyWhenNothingIsLeft() {
        assertThat(result("\"$(7 / 2) $(6 / 2) $((6 / 2).GetType().Name) $(7 % 3) $(2 + 3 * 4)\""))
                .isEqualTo("3.5 3 Int32 1 14");
    }

    @Test
    void castsToIntRoundHalvesToTheEvenNeighbour() {
        assertThat(result("\"$([int] 2.5) $([int] 3.5) $([int] '7') $([long] 5gb)\""))
                .isEqualTo("2 4 7 5368709120");
    }

    @Test
    void theLeftSideSaysWhatIsAdded() {
        assertThat(result("'a' + 1; 1 + '2'; \"$(@(1) + 2)\"; ('ab' * 2); $null + 3"))
                .isEqualTo("a1|3|1 2|abab|3");
    }

    @Test
    void whatIsNoNumberCannotBeAddedToOne() {
        assertThat(failure("1 + 'abc'"))
                .isEqualTo("Cannot convert value \"abc\" to type \"System.Int32\". Error: \"Input string was not in a "
                        + "correct format.\"");
    }

    @Test
    void nothingCanBeDividedByZero() {
        assertThat(failure("$n = 0; 1 / $n")).isEqualTo("Attempted to divide by zero.");
    }

    @Test
    void comparisonsDoNotCareForCase() {
        assertThat(result("'ABC' -eq 'abc'; 'ABC' -ceq 'abc'; 'a' -lt 'B'; 10 -eq '10'; '10' -eq 10.0"))
                .isEqualTo("True|False|True|True|True");
    }

    @Test
    void theLeftSideSaysHowToCompare() {
        assertThat(result("'10' -lt '9'; 10 -lt '9'; 5 -gt 40; '5' -gt 40; 1 -eq 'x'"))
                .isEqualTo("True|False|False|True|False");
    }

    @Test
    void anArrayOnTheLeftIsFiltered() {
        assertThat(result("\"$(1, 2, 3, 2 -eq 2)\"; \"$(1, 2, 3 -ne 2)\"; \"$('ab', 'cd', 'ae' -like 'a*')\""))
                .isEqualTo("2 2|1 3|ab ae");
    }

    @Test
    void nullEqualsOnlyNull() {
        assertThat(result("$null -eq ''; '' -eq $null; $null -eq 0; $null -eq $null; $null -lt 1"))
                .isEqualTo("False|False|False|True|True");
    }

    @Test
    void anArrayWithoutTheValueIsFalseAndComparedWithNullOnItsLeftItIsNot() {
        assertThat(result("$a = @(1); if ($a -eq 5) { 'yes' } else { 'no' }; if ($null -ne @()) { 'there' }"))
                .isEqualTo("no|there");
    }

    @Test
    void truthOfCollections() {
        assertThat(result("[bool] @(); [bool] @(0); [bool] @(0, 0); [bool] @{}; [bool] 'False'; [bool] ''; [bool] 0.1"))
                .isEqualTo("False|False|True|True|True|False|True");
    }

    @Test
    void containsAndInCompareElements() {
        assertThat(result("@('A', 'b') -contains 'a'; @('A') -notcontains 'a'; 'B' -in 'a', 'b'; 3 -notin 1, 2"))
                .isEqualTo("True|False|True|True");
    }

    @Test
    void likeKnowsWildcards() {
        assertThat(result(
                        "'SQL Server 2022' -like '*sql server*'; 'ab' -like 'a'; 'ab' -like 'a?'; 'a[b' -like 'a`[b'; "
                                + "'b1' -like '[a-c]1'; 'x' -notlike 'y*'"))
                .isEqualTo("True|False|True|True|True|True");
    }

    @Test
    void matchFillsMatches() {
        assertThat(result("'KB5080999-x64' -match 'kb(\\d+)-(?:x)'; $Matches[1]; $Matches[0]; 'a' -notmatch 'b'"))
                .isEqualTo("True|5080999|KB5080999-x|True");
        assertThat(result("'v16' -match 'v(?<major>\\d+)' | Out-Null; $Matches.major; $Matches['major']"))
                .isEqualTo("16|16");
    }

    @Test
    void splitTakesARegularExpressionAndJoinAString() {
        assertThat(result("('HKLM:\\a\\RebootPending' -split '\\\\')[-1]; ('a1b2c' -split '\\d') -join '-'; "
                        + "'a,b,c' -split ',', 2; (-split ' x  y ').Count; -join ('a', 'b')"))
                .isEqualTo("RebootPending|a-b-c|a|b,c|2|ab");
    }

    @Test
    void replaceTakesARegularExpression() {
        assertThat(
                        result(
                                "'C:\\x' -replace '\\\\', '/'; 'ab' -replace '(a)(b)', '$2$1'; 'aBc' -replace 'b'; 'x' -replace 'x', '\\n'"))
                .isEqualTo("C:/x|ba|ac|\\n");
    }

    @Test
    void theFormatOperatorFillsIn() {
        assertThat(result("'{0} {1:d3} {2:x} {3,5}|' -f 'a', 7, 255, 'b'; '{{0}}' -f 1"))
                .isEqualTo("a 007 ff     b||{0}");
    }

    @Test
    void rangesGoBothWays() {
        assertThat(result("\"$(1..4) $(3..1)\"")).isEqualTo("1 2 3 4 3 2 1");
    }

    @Test
    void indexesMayBeNegativeAndBeyondTheEndIsNull() {
        assertThat(
                        result(
                                "$a = 'x', 'y', 'z'; $a[-1]; $a[0]; $null -eq $a[7]; \"$($a[0, 2])\"; 'abc'[1]; \"$($a[1..2])\""))
                .isEqualTo("z|x|True|x z|b|y z");
    }

    @Test
    void theCommaBindsStrongerThanThePlus() {
        assertThat(result("\"$(1, 2 + 3, 4)\"; (,1).Count; (1, (2, 3)).Count")).isEqualTo("1 2 3 4|1|2");
    }

    @Test
    void logicalOperatorsLookAtTheirRightSideOnlyWhenTheyMust() {
        assertThat(strict("$false -and $nope.x; $true -or $nope.x; -not $false; !$true; $true -xor $true"))
                .isEqualTo("False|True|True|False|False");
    }

    @Test
    void datesConvertBetweenZones() {
        assertThat(result("$d = [DateTime] '2024-05-07T12:00:00.0000000Z'; $d.Kind; $d.ToString('o'); "
                        + "$d.ToUniversalTime().ToString('o'); ([DateTime] '2024-01-02 03:04:05').ToString('o')"))
                .isEqualTo(
                        "Local|2024-05-07T08:00:00.0000000-04:00|2024-05-07T12:00:00.0000000Z|2024-01-02T03:04:05.0000000");
        assertThat(result("(Get-Date).ToUniversalTime().ToString('o'); (Get-Date).Hour"))
                .isEqualTo("2024-05-07T12:00:00.1234567Z|8");
    }

    @Test
    void datesAndSpansCount() {
        assertThat(result("$a = [DateTime] '2024-05-07'; $b = $a.AddHours(36); ($b - $a).TotalDays; $b -gt $a; "
                        + "[TimeSpan]::Zero -eq ($a - $a); \"$([TimeSpan]::FromMinutes(90))\""))
                .isEqualTo("1.5|True|True|01:30:00");
    }

    @Test
    void bytesAndBase64GoBothWays() {
        assertThat(result("$b = [Text.Encoding]::UTF8.GetBytes('a\u00e4'); $b.Length; $b[1]; "
                        + "$t = [Convert]::ToBase64String($b); $t; "
                        + "[Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($t)).Length"))
                .isEqualTo("3|195|YcOk|2");
    }

    @Test
    void typesAreAskedAfter() {
        assertThat(
                        result(
                                "'a' -is [string]; 1 -is [int]; @(1) -is [array]; @{} -is [hashtable]; 'x' -as [int]; 1 -isnot [long]"))
                .isEqualTo("True|True|True|True|True");
    }

    @Test
    void versionsCompareByTheirNumbers() {
        assertThat(result("[version] '16.0.4100' -gt [version] '16.0.999'; ([version] '16.0.1').Build"))
                .isEqualTo("True|1");
    }
}
