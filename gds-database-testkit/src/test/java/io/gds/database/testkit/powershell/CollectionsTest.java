package io.gds.database.testkit.powershell;

import static io.gds.database.testkit.powershell.Scripts.failure;
import static io.gds.database.testkit.powershell.Scripts.result;
import static io.gds.database.testkit.powershell.Scripts.strict;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Arrays, hashtables, objects, pipelines, JSON. */
class CollectionsTest {
    @Test
    void aPipelineOfOneIsThatOneAndOfNoneIsNull() {
        assertThat(
                        result(
                                "$x = 1, 2 | Where-Object { $_ -eq 2 }; $x.GetType().Name; "
                                        + "$y = 1, 2 | Where-Object { $_ -eq 5 }; $null -eq $y; @($y).Count; @($x).Count; @($null).Count"))
                .isEqualTo("Int32|True|0|1|1");
    }

    @Test
    void anArrayInAVariableStaysAnArray() {
        assertThat(result("$a = @('x'); $a.GetType().Name; $e = @(); $e.Count; $a += 'y'; $a.Count"))
                .isEqualTo("Object[]|0|2");
    }

    @Test
    void whatAFunctionReturnsIsTakenApart() {
        assertThat(result("function f { return @(1) }; (f).GetType().Name; function g { @() }; $null -eq (g); "
                        + "function h { return ,@(1) }; (h).GetType().Name"))
                .isEqualTo("Int32|True|Object[]");
    }

    @Test
    void nullInAPipelineIsAnObjectButForeachHasNone() {
        assertThat(
                        result(
                                "$null | ForEach-Object { 'one' }; foreach ($x in $null) { 'none' }; @() | ForEach-Object { 'none' }"))
                .isEqualTo("one");
    }

    @Test
    void hashtablesDoNotCareForCaseAndKeysAreMadeByAssignment() {
        assertThat(result(
                        "$h = @{ A = 1; 'b c' = 2 }; $h.a; $h['B C']; $h.new = 3; $h['x'] = 4; $h.Count; $h.ContainsKey('NEW'); "
                                + "$h.Remove('x'); $h.Count"))
                .isEqualTo("1|2|4|True|3");
    }

    @Test
    void anEntrysValueMayBeAnyStatement() {
        assertThat(result(
                        "$h = @{ a = $(if ($true) { 'y' } else { 'n' })\n b = if ($false) { 1 } else { 2 }; c = 1 | ForEach-Object { $_ + 1 } }; "
                                + "\"$($h.a)$($h.b)$($h.c)\""))
                .isEqualTo("y22");
    }

    @Test
    void arraysOfHashtablesGrowByOne() {
        assertThat(result("$l = @(); $l += @{ a = 1 }; $l += @{ a = 2 }; $l.Count; $l[1].a; \"$($l.a)\""))
                .isEqualTo("2|2|1 2");
    }

    @Test
    void objectsKeepTheOrderOfTheirProperties() {
        assertThat(result("$o = [pscustomobject] @{ z = 1; a = 2 }; $o.PSObject.Properties.Name -join ','; "
                        + "$o.PSObject.Properties.Name -contains 'Z'; $n = 'a'; $o.$n; $o.z = 9; $o.z"))
                .isEqualTo("z,a|True|2|9");
    }

    @Test
    void anObjectGetsNoNewPropertyByAssignment() {
        assertThat(failure("$o = [pscustomobject] @{ a = 1 }; $o.b = 2"))
                .isEqualTo(
                        "The property 'b' cannot be found on this object. Verify that the property exists and can be set.");
    }

    @Test
    void membersOfElementsAreGathered() {
        assertThat(
                        result(
                                "$l = [pscustomobject] @{ n = 'a' }, [pscustomobject] @{ n = 'b' }; $l.n -join '+'; 'ab', 'c' | ForEach-Object { $_.Length }"))
                .isEqualTo("a+b|2|1");
    }

    @Test
    void missingPropertiesAreErrorsInStrictMode() {
        String message = "The property 'b' cannot be found on this object. Verify that the property exists.";
        assertThat(result("$null -eq ([pscustomobject] @{ a = 1 }).b; $null -eq @{ a = 1 }.b; $null -eq $null.b"))
                .isEqualTo("True|True|True");
        assertThat(failure("Set-StrictMode -Version 2.0; ([pscustomobject] @{ a = 1 }).b"))
                .isEqualTo(message);
        assertThat(failure("Set-StrictMode -Version 2.0; @{ a = 1 }.b")).isEqualTo(message);
        assertThat(failure("Set-StrictMode -Version 2.0; $x = $null; $x.b")).isEqualTo(message);
        assertThat(failure("Set-StrictMode -Version 2.0; @().b")).isEqualTo(message);
        assertThat(strict("$null -eq @{ a = 1 }['b']; @{ a = 1 }.Count")).isEqualTo("True|1");
    }

    @Test
    void variablesThatWereNeverSetAreErrorsInStrictMode() {
        assertThat(result("$null -eq $nope")).isEqualTo("True");
        assertThat(failure("Set-StrictMode -Version 2.0; $nope"))
                .isEqualTo("The variable '$nope' cannot be retrieved because it has not been set.");
    }

    @Test
    void sortAndSelectWorkOnProperties() {
        assertThat(
                        result(
                                "$l = @{ n = 2 }, @{ n = 3 }, @{ n = 1 }; ($l | Sort-Object { $_.n } | ForEach-Object { $_.n }) -join ''; "
                                        + "($l | Sort-Object -Property n -Descending | Select-Object -First 1).n; "
                                        + "(1..5 | Select-Object -Last 2) -join ''; (1..5 | Select-Object -Skip 1 -First 2) -join ''"))
                .isEqualTo("123|3|45|23");
    }

    @Test
    void selectFirstStopsWhatComesBefore() {
        assertThat(
                        result(
                                "$script:n = 0; 1..9 | ForEach-Object { $script:n++; $_ } | Select-Object -First 2 | Out-Null; $script:n"))
                .isEqualTo("2");
    }

    @Test
    void objectsGoThroughThePipelineOneByOne() {
        assertThat(result("1, 2 | ForEach-Object { \"a$_\"; $_ } | ForEach-Object { \"b$_\" }"))
                .isEqualTo("ba1|b1|ba2|b2");
    }

    @Test
    void jsonIsWrittenAsFivePointOneDoesIt() {
        assertThat(
                        result(
                                "ConvertTo-Json -Compress -InputObject @{ a = @(); b = @(1); c = $null; d = \"x'<`n\"; e = $true; f = 1.5 }"))
                .isEqualTo("{\"a\":[],\"b\":[1],\"c\":null,\"d\":\"x\\u0027\\u003c\\n\",\"e\":true,\"f\":1.5}");
        assertThat(
                        result(
                                "1, 2 | ConvertTo-Json -Compress; ,@(1) | ConvertTo-Json -Compress; 'a' | ConvertTo-Json -Compress"))
                .isEqualTo("[1,2]|[1]|\"a\"");
    }

    @Test
    void jsonDeeperThanItsDepthIsAString() {
        assertThat(result("ConvertTo-Json -Compress -InputObject @{ a = @{ b = @{ c = @{ d = 1 } } } }"))
                .isEqualTo("{\"a\":{\"b\":{\"c\":\"System.Collections.Hashtable\"}}}");
        assertThat(result("ConvertTo-Json -Compress -Depth 8 -InputObject @{ a = @{ b = @{ c = @{ d = 1 } } } }"))
                .isEqualTo("{\"a\":{\"b\":{\"c\":{\"d\":1}}}}");
    }

    @Test
    void jsonIsReadAsFivePointOneDoesIt() {
        assertThat(
                        result(
                                "$j = ConvertFrom-Json '{\"a\":[{\"b\":1}],\"t\":\"2024-05-07T12:00:00Z\",\"n\":null,\"big\":5000000000}'; "
                                        + "$j.a[0].b; $j.t.GetType().Name; $null -eq $j.n; $j.big.GetType().Name; $j.a.GetType().Name; @($j.a).Count"))
                .isEqualTo("1|String|True|Int64|Object[]|1");
        assertThat(failure("ConvertFrom-Json 'nonsense'")).isEqualTo("Invalid JSON primitive: nonsense.");
    }

    @Test
    void anAnswerGoesThroughBase64AndBack() {
        assertThat(
                        result(
                                """
                        $json = ConvertTo-Json -InputObject @{ n = "\u00e4" } -Depth 8 -Compress
                        $b = [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json))
                        (ConvertFrom-Json ([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($b)))).n.Length
                        """))
                .isEqualTo("1");
    }
}
