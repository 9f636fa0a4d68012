package io.gds.database.testkit.windows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Command lines, processes, waiting, restarts and many hosts at once. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class WindowsHostTest {
    private final Hosts bench = new Hosts();
    private final WindowsHost host = bench.host;

    @Test
    void argumentsAreTakenApartAsInC() {
        assertThat(CommandLine.arguments("a \"b c\" d\\e \"f\\\\\" g\\\"h \"i\"\"j\" \"\"  k"))
                .containsExactly("a", "b c", "d\\e", "f\\", "g\"h", "i\"j", "", "k");
    }

    @Test
    void aLineThatIsTooLongIsRefusedAsByCmd() {
        Hosts.Result r = bench.run("hostname " + "x".repeat(8191));
        assertThat(r.code()).isEqualTo(1);
        assertThat(r.err()).isEqualTo("The command line is too long.\r\n");
    }

    @Test
    void whatCmdWouldMakeSomethingElseOfIsRefusedLoudly() {
        for (String line : List.of(
                "hostname & hostname", "hostname > x", "hostname | more", "hostname ^x", "hostname \"%TEMP%\"")) {
            assertThatThrownBy(() -> bench.send(line)).as(line).isInstanceOf(UnsupportedPowerShell.class);
        }
        assertThat(bench.run("powershell.exe -Command \"'a|b' -replace '[<>&]', ''\"")
                        .out())
                .isEqualTo("a|b\r\n");
    }

    @Test
    void programsAreFoundByNameAndUnknownOnesAreNot() {
        assertThat(bench.run("hostname").out()).isEqualTo("SQL01\r\n");
        assertThat(bench.run("exit 3010").code()).isEqualTo(3010);
        Hosts.Result r = bench.run("nope /x");
        assertThat(r.code()).isEqualTo(1);
        assertThat(r.err()).startsWith("'nope' is not recognized as an internal or external command,\r\n");
    }

    @Test
    void whatTheCodePageHasNoSignForIsAQuestionMark() {
        assertThat(bench.script("'\u00e4\u20ac\u6f22'").out()).isEqualTo("\u00e4??\r\n");
    }

    @Test
    void exitCodesAreThoseOfTheRealOne() {
        assertThat(bench.script("exit 7").code()).isEqualTo(7);
        assertThat(bench.script("exit -2061893606").code()).isEqualTo(-2_061_893_606);
        assertThat(bench.script("throw 'x'").code()).isEqualTo(1);
        assertThat(bench.script("'fine'").code()).isZero();
        assertThat(bench.script("Get-Service -Name nope").code())
                .as("the last statement failed")
                .isEqualTo(1);
        assertThat(bench.run(Hosts.file("C:\\none.ps1", "")).code()).isEqualTo(-196_608);
        host.files().put("C:\\f.ps1", HostFile.text("Get-Service -Name nope"));
        Hosts.Result r = bench.run(Hosts.file("C:\\f.ps1", ""));
        assertThat(r.code()).isZero();
        assertThat(r.err())
                .startsWith("Get-Service : Cannot find any service with service name 'nope'.\r\nAt C:\\f.ps1:1 char:1");
    }

    @Test
    void argumentsOfAFileAreBoundByNameAndPosition() {
        host.files().put("C:\\a b\\f.ps1", HostFile.text("param($One, [string] $Two)\n\"$One/$Two\""));
        assertThat(bench.run(Hosts.file("\"C:\\a b\\f.ps1\"", "-Two \"x y\" 1")).out())
                .isEqualTo("1/x y\r\n");
    }

    @Test
    void environmentVariablesComeFromHostAccountAndCaller() {
        RunningCommand c = host.run(
                Hosts.encoded("\"$env:COMPUTERNAME $env:USERNAME $env:mine\""), "Administrator", Map.of("MINE", "x"));
        assertThat(Hosts.result(c).out()).isEqualTo("SQL01 Administrator x\r\n");
    }

    @Test
    void aScriptReadsItsStandardInput() {
        RunningCommand c = bench.send(Hosts.encoded("[Console]::In.ReadToEnd().Length"));
        c.send("abc".getBytes(StandardCharsets.US_ASCII));
        c.closeInput();
        assertThat(Hosts.result(c).out()).isEqualTo("3\r\n");
    }

    @Test
    void outputComesWhileTheScriptStillRuns() {
        RunningCommand c = bench.send(Hosts.encoded("'first'\nStart-Sleep -Seconds 60\n'second'"));
        RunningCommand.Piece first = c.receive(Duration.ofSeconds(30));
        assertThat(CodePage.USUAL.decode(first.stdout())).isEqualTo("first\r\n");
        assertThat(first.exitCode()).isEmpty();
        bench.clock.advance(Duration.ofSeconds(60));
        assertThat(Hosts.result(c).out()).isEqualTo("second\r\n");
    }

    @Test
    void sleepingScriptsWakeInTheOrderOfTheirTime() {
        RunningCommand late =
                bench.send(Hosts.encoded("Start-Sleep -Seconds 50\n(Get-Date).ToUniversalTime().ToString('s')"));
        RunningCommand early =
                bench.send(Hosts.encoded("Start-Sleep -Seconds 20\n(Get-Date).ToUniversalTime().ToString('s')"));
        host.timer().settle();
        bench.clock.advance(Duration.ofHours(1));
        assertThat(Hosts.result(early).out()).isEqualTo("2024-05-07T12:00:20\r\n");
        assertThat(Hosts.result(late).out()).isEqualTo("2024-05-07T12:00:50\r\n");
    }

    @Test
    void interruptAndTerminateEndAScriptAndWhatItStarted() {
        host.programs().add("wait.exe", Programs.hanging());
        RunningCommand c = bench.send(Hosts.encoded("& wait.exe"));
        host.timer().settle();
        assertThat(host.processes().running("wait.exe")).hasSize(1);
        c.terminate();
        assertThat(Hosts.result(c).code()).isEqualTo(1);
        assertThat(host.processes().running()).isEmpty();
        RunningCommand d = bench.send(Hosts.encoded("try { & wait.exe } finally { 'never' }"));
        host.timer().settle();
        d.interrupt();
        Hosts.Result r = Hosts.result(d);
        assertThat(r.code()).isEqualTo(0xc000_013a);
        assertThat(r.out()).isEmpty();
        assertThat(host.processes().running()).isEmpty();
    }

    @Test
    void aRestartEndsEverythingThatRunsAndNobodyAnswersMeanwhile() {
        host.services().add("MSSQLSERVER").running();
        host.services()
                .add("SQLBrowser")
                .startType(HostService.StartType.DISABLED)
                .running();
        host.restartTakes(Duration.ofMinutes(1));
        RunningCommand c = bench.send(
                Hosts.encoded("try { Start-Sleep -Seconds 5 } finally { [IO.File]::WriteAllText('C:\\x', '') }"));
        host.timer().settle();
        host.restart();
        assertThatThrownBy(() -> c.receive(Duration.ofSeconds(5))).isInstanceOf(HostUnreachable.class);
        assertThat(c.isLost()).isTrue();
        assertThatThrownBy(() -> bench.send("hostname")).isInstanceOf(HostUnreachable.class);
        bench.clock.advance(Duration.ofMinutes(1));
        assertThat(bench.run("hostname").code()).isZero();
        assertThat(host.files().exists("C:\\x")).isFalse();
        assertThat(host.services().find("MSSQLSERVER").state()).isEqualTo(HostService.State.RUNNING);
        assertThat(host.services().find("SQLBrowser").state()).isEqualTo(HostService.State.STOPPED);
    }

    @Test
    void aRestartInTheMiddleOfAScriptEndsItThere() {
        host.events().once(HostEvent.Kind.FILE_WRITTEN, "a.txt", host::restart);
        RunningCommand c = bench.send(
                Hosts.encoded("[IO.File]::WriteAllText('C:\\a.txt', '1')\n[IO.File]::WriteAllText('C:\\b.txt', '2')"));
        host.timer().settle();
        assertThat(c.isLost()).isTrue();
        assertThat(host.files().exists("C:\\a.txt")).isTrue();
        assertThat(host.files().exists("C:\\b.txt")).isFalse();
    }

    @Test
    void whatIsNotModelledReachesTheTest() {
        RunningCommand c = bench.send(Hosts.encoded("try { Get-Volume } catch { }"));
        assertThatThrownBy(() -> c.finish(Duration.ofSeconds(30)))
                .isInstanceOf(UnsupportedPowerShell.class)
                .hasMessageContaining("command Get-Volume");
        assertThatThrownBy(() -> bench.send("hostname")).isInstanceOf(UnsupportedPowerShell.class);
    }

    @Test
    void theHostsClockMayGoWrong() {
        host.faults().clockAhead(Duration.ofMinutes(-7));
        assertThat(bench.script("(Get-Date).ToUniversalTime().ToString('o')").out())
                .isEqualTo("2024-05-07T11:53:00.0000000Z\r\n");
    }

    @Test
    void aFileThatIsOnlyDeclaredCostsNothingAndCannotBeRead() {
        host.files().put("D:\\p.exe", HostFile.declared(900L << 20, Hosts.HASH));
        assertThat(bench.script("(Get-Item -LiteralPath 'D:\\p.exe').Length").out())
                .isEqualTo("943718400\r\n");
        RunningCommand c = bench.send(Hosts.encoded("[IO.File]::ReadAllBytes('D:\\p.exe')"));
        assertThatThrownBy(() -> c.finish(Duration.ofSeconds(30))).hasMessageContaining("only declared");
    }

    @Test
    void freeSpaceFollowsTheFiles() {
        host.files().drive("E:", 1000, 500);
        host.files().put("E:\\a", HostFile.declared(400, Hosts.HASH));
        Hosts.Result r = bench.script("[IO.File]::WriteAllBytes('E:\\b', [byte[]] (1..101))");
        assertThat(r.err()).contains("There is not enough space on the disk.");
        host.files().remove("E:\\a");
        assertThat(bench.script("[IO.File]::WriteAllBytes('E:\\b', [byte[]] (1..101))")
                        .code())
                .isZero();
    }

    @Test
    void aKeyWithoutValuesGivesNoObjectAtAll() {
        host.registry().key("HKLM\\SOFTWARE\\Empty");
        assertThat(bench.script("$null -eq (Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Empty')")
                        .out())
                .isEqualTo("True\r\n");
    }

    @Test
    void manyHostsRunAtOnceInRealTime() {
        HostTimer timer = HostTimer.of(Clock.systemUTC());
        List<RunningCommand> commands = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            WindowsHost one = new WindowsHost("H" + i, timer);
            one.programs().add("work.exe", Programs.endingAfter(Duration.ofMillis(50), i));
            commands.add(one.run(
                    Hosts.encoded("$p = Start-Process -FilePath work.exe -PassThru; $null = $p.Handle; "
                            + "$p.WaitForExit(); exit $p.ExitCode"),
                    "Administrator",
                    Map.of()));
        }
        for (int i = 0; i < 200; i++) {
            assertThat(Hosts.result(commands.get(i)).code()).isEqualTo(i);
        }
    }

    @Test
    void anEmptyPathIsRefused() {
        assertThat(bench.script("try { Test-Path -LiteralPath '' } catch { $_.Exception.Message }")
                        .out())
                .isEqualTo("Cannot bind argument to parameter 'LiteralPath' because it is an empty string.\r\n");
        assertThat(bench.script("try { Test-Path } catch { $_.Exception.Message }")
                        .out())
                .startsWith("Cannot process command because of one or more missing mandatory parameters: Path");
        assertThat(bench.script("try { Join-Path 'F:\\x' 'y' -ErrorAction Stop } catch { $_.Exception.Message }")
                        .out())
                .isEqualTo("Cannot find drive. A drive with the name 'F' does not exist.\r\n");
    }

    @Test
    void aServiceIsStartedByItsProgramWithTheErrorsOfTheRealOne() {
        host.services().add("A").startType(HostService.StartType.DISABLED);
        assertThat(bench.run("sc.exe start A").code()).isEqualTo(1058);
        assertThat(bench.run("sc.exe start none").code()).isEqualTo(1060);
        Hosts.Result r = bench.script("& sc.exe start none; $LASTEXITCODE");
        assertThat(r.lines()).contains("The specified service does not exist as an installed service.", "1060");
    }

    @Test
    void aProcessOutlivesTheCommandThatStartedItUnlessThatIsTerminated() {
        host.programs().add("wait.exe", Programs.hanging());
        RunningCommand c = bench.send(Hosts.encoded("Start-Process -FilePath wait.exe"));
        assertThat(Hosts.result(c).code()).isZero();
        assertThat(host.processes().running("wait.exe")).hasSize(1);
        c.terminate();
        assertThat(host.processes().running("wait.exe")).isEmpty();
    }
}
