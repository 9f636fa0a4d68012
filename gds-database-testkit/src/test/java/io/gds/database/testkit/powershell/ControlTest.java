package io.gds.database.testkit.powershell;

import static io.gds.database.testkit.powershell.Scripts.failure;
import static io.gds.database.testkit.powershell.Scripts.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Statements, functions, parameters, errors. */
class ControlTest {
    @Test
    void loopsBreakAndContinue() {
        assertThat(
                        result(
                                """
                        foreach ($i in 1..5) { if ($i -eq 2) { continue }; if ($i -eq 4) { break }; $i }
                        for ($i = 0; $i -lt 2; $i++) { "f$i" }
                        $n = 0; while ($n -lt 2) { $n += 1 }; $n
                        do { $n-- } until ($n -eq 0); $n
                        """))
                .isEqualTo("1|3|f0|f1|2|0");
    }

    @Test
    void ifHasElseifAndElse() {
        assertThat(result("foreach ($x in 1, 2, 3) { if ($x -eq 1) { 'a' }\nelseif ($x -eq 2) { 'b' }\nelse { 'c' } }"))
                .isEqualTo("a|b|c");
    }

    @Test
    void switchComparesWithoutCase() {
        assertThat(
                        result(
                                "switch ('B') { 'a' { 1 } 'b' { 2 } default { 3 } }; switch (7) { 1 { 'x' } default { \"d$_\" } }"))
                .isEqualTo("2|d7");
    }

    @Test
    void everyStatementsOutputIsTheFunctions() {
        assertThat(result("function f { 'a'; $x = 5; 'b'; return 'c'; 'd' }; (f) -join ','"))
                .isEqualTo("a,b,c");
    }

    @Test
    void functionsTakeParametersByNameByItsBeginningAndByPosition() {
        assertThat(
                        result(
                                """
                        function f { param([string] $Path, [int] $Count = 3, [switch] $Force) "$Path $Count $Force" }
                        f 'a'; f -Path b 5; f -P c -Count 1 -Force; f x -Force:$false
                        """))
                .isEqualTo("a 3 False|b 5 False|c 1 True|x 3 False");
    }

    @Test
    void aSimpleFunctionGetsTheRestAsArgs() {
        assertThat(result("function f($a) { \"$a/$args/$($args.Count)\" }; f 1 2 3 -x"))
                .isEqualTo("1/2 3 -x/3");
    }

    @Test
    void aMandatoryParameterMustBeThereAndFilled() {
        String f = "function f { param([Parameter(Mandatory = $true)] [string] $Name) $Name }; ";
        assertThat(failure(f + "f"))
                .isEqualTo("Cannot process command because of one or more missing mandatory parameters: Name.");
        assertThat(failure(f + "f ''"))
                .isEqualTo("Cannot bind argument to parameter 'Name' because it is an empty string.");
        assertThat(failure(f + "f a b")).isEqualTo("A positional parameter cannot be found that accepts argument 'b'.");
        assertThat(failure(f + "f -Nope 1"))
                .isEqualTo("A parameter cannot be found that matches parameter name 'Nope'.");
    }

    @Test
    void aParametersTypeIsInsistedOn() {
        assertThat(failure("function f { param([hashtable] $State) }; f 'x'"))
                .isEqualTo(
                        "Cannot process argument transformation on parameter 'State'. Cannot convert the \"x\" value of "
                                + "type \"System.String\" to type \"System.Collections.Hashtable\".");
    }

    @Test
    void splattingGivesAHashtableAsParameters() {
        assertThat(result("function f { param($A, $B) \"$A-$B\" }; $p = @{ B = 2; A = 1 }; f @p"))
                .isEqualTo("1-2");
    }

    @Test
    void functionsSeeTheVariablesOfTheirCallersButSetTheirOwn() {
        assertThat(result("$x = 1; function f { $x; $x = 2; $script:y = 3 }; f; $x; $y"))
                .isEqualTo("1|1|3");
    }

    @Test
    void blocksOfAPipelineSetTheVariablesAroundThem() {
        assertThat(result("$n = 0; 1..3 | ForEach-Object { $n += $_ }; $n; & { $n = 9 }; $n; . { $n = 7 }; $n"))
                .isEqualTo("6|6|7");
    }

    @Test
    void lineContinuationsAndNewlinesInsideBrackets() {
        assertThat(
                        result(
                                "function f { param($A, $B) \"$A$B\" }\nf -A 1 `\n  -B (\n    'x' +\n    'y')\n@(\n  1, 2 |\n    ForEach-Object { $_ }\n).Count"))
                .isEqualTo("1xy|2");
    }

    @Test
    void commentsAreNotRead() {
        assertThat(result("# one\n'a' # two\n<# three\n 'b' #>\n'c#d'")).isEqualTo("a|c#d");
    }

    @Test
    void throwEndsTheScriptWithOne() {
        Scripts s = new Scripts();
        assertThat(s.run("'before'\nthrow 'bad'\n'after'")).isEqualTo("before");
        assertThat(s.exitCode).isEqualTo(1);
        assertThat(s.error.toString()).startsWith("bad\r\nAt line:2 char:1\r\n+ throw 'bad'\r\n");
    }

    @Test
    void aCaughtErrorKnowsItsMessageAndItsLine() {
        assertThat(
                        result(
                                "try {\n 'x'\n throw \"no $(1 + 1)\"\n} catch {\n \"$($_.Exception.Message) $($_.InvocationInfo.ScriptLineNumber)\"\n}"))
                .isEqualTo("x|no 2 3");
    }

    @Test
    void catchBlocksAreChosenByTypeAndLookInside() {
        String parse = "try { [Convert]::FromBase64String('x') } catch ";
        assertThat(result(parse + "[FormatException] { \"f $($_.Exception.Message)\" } catch { 'other' }"))
                .isEqualTo("f Invalid length for a Base-64 char array or string.");
        assertThat(result(parse + "[IO.IOException] { 'io' } catch { $_.Exception.Message }"))
                .isEqualTo(
                        "Exception calling \"FromBase64String\" with \"1\" argument(s): \"Invalid length for a Base-64 "
                                + "char array or string.\"");
    }

    @Test
    void finallyRunsOnEveryWayOut() {
        assertThat(result("function f { try { return 1 } finally { 'z' } }; (f) -join ','"))
                .isEqualTo("1,z");
        Scripts s = new Scripts();
        assertThat(s.run("try { exit 3 } finally { 'clean' }; 'never'")).isEqualTo("clean");
        assertThat(s.exitCode).isEqualTo(3);
    }

    @Test
    void throwAloneThrowsAgain() {
        assertThat(failure("try { throw 'first' } catch { throw }")).isEqualTo("first");
    }

    @Test
    void anErrorOfAMethodEndsItsStatementOnly() {
        Scripts s = new Scripts();
        assertThat(s.run("'a'\n[Convert]::FromBase64String('x')\n'b'")).isEqualTo("a|b");
        assertThat(s.error.toString()).contains("Exception calling \"FromBase64String\"");
        assertThat(result("$ErrorActionPreference = 'Stop'\n'a'\n[Convert]::FromBase64String('x')\n'b'"))
                .isEqualTo("a");
    }

    @Test
    void anErrorOfACommandLetsItGoOnUnlessToldToStop() {
        assertThat(result("Write-Error 'bad'; 'on'")).isEqualTo("on");
        assertThat(result("try { Write-Error 'bad' -ErrorAction Stop; 'on' } catch { \"caught $_\" }"))
                .isEqualTo("caught bad");
        assertThat(result("$ErrorActionPreference = 'Stop'; try { Write-Error 'bad'; 'on' } catch { \"caught $_\" }"))
                .isEqualTo("caught bad");
        Scripts s = new Scripts();
        assertThat(s.run("Write-Error 'bad' -ErrorAction SilentlyContinue; $?")).isEqualTo("False");
        assertThat(s.error.toString()).isEmpty();
    }

    @Test
    void programsSetTheirExitCode() {
        Scripts s = new Scripts();
        s.programs.put("x.exe", (arguments, lines) -> {
            lines.accept("got " + arguments);
            return -2;
        });
        assertThat(s.run("& x.exe /a 'b c' -d 010 '' 'e\"f' $null; $?; $LASTEXITCODE"))
                .isEqualTo("got /a \"b c\" -d 010 e\"f|False|-2");
    }

    @Test
    void scriptsAreTakenByADotWithTheirOwnFolder() {
        Scripts s = new Scripts();
        s.files.put("c:\\s\\b.ps1", "function g { \"g of $PSScriptRoot\" }\n$v = 'set'");
        int code = new PowerShell(s)
                .file("C:\\s\\a.ps1", "param($Name) . \"$PSScriptRoot\\$Name.ps1\"\ng\n$v", java.util.List.of("b"));
        assertThat(code).isZero();
        assertThat(s.lines()).isEqualTo("g of C:\\s|set");
    }

    @Test
    void environmentVariablesAreReadAndSet() {
        Scripts s = new Scripts();
        s.environment.put("ProgramFiles", "C:\\Program Files");
        assertThat(s.run("$env:programfiles; $env:X = 'y'; \"$env:X\"; $null -eq $env:Nope"))
                .isEqualTo("C:\\Program Files|y|True");
    }

    @Test
    void anUnknownCommandIsAnErrorLikeTheRealOne() {
        assertThat(failure("nope.exe"))
                .startsWith("The term 'nope.exe' is not recognized as the name of a cmdlet, function, script file");
    }

    @Test
    void whatIsNotModelledEndsTheScriptLoudly() {
        assertThatThrownBy(() -> result("try { Get-Nothing } catch { 'caught' }"))
                .isInstanceOf(UnsupportedPowerShell.class)
                .hasMessageContaining("command Get-Nothing (command:1)");
        assertThatThrownBy(() -> result("\n[Nope.Type]::X")).hasMessageContaining("type [Nope.Type] (command:2)");
        assertThatThrownBy(() -> result("'a'.Normalize()")).hasMessageContaining("method normalize of a string");
        assertThatThrownBy(() -> result("Get-Date -UFormat %s")).hasMessageContaining("-UFormat of Get-Date");
        assertThatThrownBy(() -> result("class A { }")).hasMessageContaining("syntax: class");
        assertThatThrownBy(() -> result("'a' > x.txt")).isInstanceOf(UnsupportedPowerShell.class);
        assertThatThrownBy(() -> result("$Host.Version")).hasMessageContaining("$Host");
        assertThatThrownBy(() -> result("Get-Date -Verbose")).hasMessageContaining("-Verbose of Get-Date");
    }
}
