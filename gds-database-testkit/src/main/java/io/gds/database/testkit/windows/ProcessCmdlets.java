package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Cmdlet;
import io.gds.database.testkit.powershell.CmdletCall;
import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.NetException;
import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.NetMethod;
import io.gds.database.testkit.powershell.Parameter;
import io.gds.database.testkit.powershell.PsDateTime;
import io.gds.database.testkit.powershell.PsObject;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Get-Process and Start-Process. */
final class ProcessCmdlets {
    private final ScriptHost scripts;
    private final WindowsHost host;

    private ProcessCmdlets(ScriptHost scripts) {
        this.scripts = scripts;
        this.host = scripts.windows();
    }

    static void addTo(Commands commands, ScriptHost scripts) {
        ProcessCmdlets c = new ProcessCmdlets(scripts);
        commands.add(Cmdlet.named("Get-Process")
                .takes(Parameter.of("Id", "int[]").alias("PID").needed())
                .knows("Name", "ComputerName", "Module", "FileVersionInfo", "InputObject", "IncludeUserName")
                .does(c::get));
        commands.add(Cmdlet.named("Start-Process")
                .takes(
                        Parameter.of("FilePath", "string").at(0).needed().alias("PSPath"),
                        Parameter.of("ArgumentList", "string[]")
                                .at(1)
                                .alias("Args")
                                .filled(),
                        Parameter.flag("PassThru"),
                        Parameter.flag("NoNewWindow").alias("nnw"),
                        Parameter.flag("Wait"),
                        Parameter.of("RedirectStandardOutput", "string")
                                .alias("RSO")
                                .filled(),
                        Parameter.of("RedirectStandardError", "string")
                                .alias("RSE")
                                .filled())
                .knows(
                        "Credential",
                        "WorkingDirectory",
                        "LoadUserProfile",
                        "RedirectStandardInput",
                        "Verb",
                        "WindowStyle",
                        "UseNewEnvironment")
                .does(c::start));
    }

    private void get(CmdletCall call) {
        for (String id : call.texts("Id")) {
            host.events().add(HostEvent.Kind.PROCESS_LOOKED_FOR, id);
            HostProcess process = host.processes().find(Integer.parseInt(id));
            if (process == null) {
                call.error(new NetFailure(
                        new NetException(
                                "System.InvalidOperationException",
                                "Cannot find a process with the process identifier " + id + "."),
                        "ObjectNotFound",
                        "NoProcessFoundForGivenId"));
            } else {
                call.write(seen(process, true));
            }
        }
    }

    /**
     * Without its handle held the exit code of a process is not to be had. A program of the model may end within the very
     * statement that started it; no real one is so quick, and its handle is given afterwards too.
     */
    private PsObject seen(HostProcess process, boolean held) {
        boolean[] handle = {held};
        return PsObject.net("System.Diagnostics.Process")
                .carrying(process)
                .with("Id", process.id())
                .with("ProcessName", process.name().replaceFirst("(?i)\\.exe$", ""))
                .with("StartTime", PsDateTime.local(process.startedAt(), scripts.zone()))
                .reading("HasExited", () -> !process.isAlive())
                .reading("Handle", () -> {
                    handle[0] |= process.isAlive() || !host.faults().endsBeforeItsHandleIsHeld(process.name());
                    return process.id() * 16;
                })
                .reading("ExitCode", () -> exitCode(process, handle[0]))
                .method("WaitForExit", NetMethod.doing(a -> {
                    a.exactly(0);
                    process.ended().await();
                    scripts.check();
                }))
                .method("Kill", NetMethod.doing(a -> process.kill(-1)));
    }

    private static @Nullable Object exitCode(HostProcess process, boolean held) {
        return held && process.exitCode().isPresent() ? process.exitCode().getAsInt() : null;
    }

    private void start(CmdletCall call) {
        String file = call.text("FilePath");
        boolean redirected = call.has("RedirectStandardOutput") || call.has("RedirectStandardError");
        Program program = host.programs().find(file);
        if (program == null) {
            boolean there = host.files().exists(file);
            throw new NetFailure(
                    new NetException(
                            "System.InvalidOperationException",
                            "This command cannot be run due to the error: "
                                    + (there
                                            ? "%1 is not a valid Win32 application."
                                            : "The system cannot find the file specified.")),
                    "InvalidOperation",
                    "InvalidOperationException");
        }
        if (redirected && call.text("RedirectStandardOutput").equalsIgnoreCase(call.text("RedirectStandardError"))) {
            throw new UnsupportedPowerShell("Start-Process with both redirections to one file");
        }
        HostProcess.Start start = new HostProcess.Start(
                host.programs().path(file),
                String.join(" ", call.texts("ArgumentList")),
                scripts.process().account(),
                scripts.process().environment(),
                scripts.directory(),
                sink(call, "RedirectStandardOutput", scripts.process().out()),
                sink(call, "RedirectStandardError", scripts.process().err()));
        HostProcess process =
                host.processes().start(program, start, scripts.process().id());
        if (call.flag("Wait")) {
            process.ended().await();
            scripts.check();
        }
        if (call.flag("PassThru")) {
            call.write(seen(process, call.flag("Wait")));
        }
    }

    /** The file is there, and empty, before anything is written. */
    private ByteSink sink(CmdletCall call, String parameter, ByteSink otherwise) {
        if (!call.has(parameter)) {
            return otherwise;
        }
        Account account = scripts.process().account();
        String path = ProviderPath.of(call.text(parameter), scripts).path();
        host.work().write(path, new byte[0], account);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        return bytes -> {
            synchronized (all) {
                all.writeBytes(bytes);
                host.files().put(path, HostFile.of(all.toByteArray()));
            }
        };
    }
}
