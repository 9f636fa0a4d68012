package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Cmdlet;
import io.gds.database.testkit.powershell.CmdletCall;
import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.Parameter;
import io.gds.database.testkit.powershell.PsDateTime;
import io.gds.database.testkit.powershell.PsEnum;
import io.gds.database.testkit.powershell.PsObject;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The commands for scheduled tasks. */
final class TaskCmdlets {
    private static final String CIM = "Microsoft.Management.Infrastructure.CimInstance#";
    private static final String[] REMOTE = {"CimSession", "ThrottleLimit", "AsJob"};

    private final ScriptHost scripts;
    private final WindowsHost host;

    private record Action(String execute, String arguments) {}

    private record Settings(Duration limit) {}

    private TaskCmdlets(ScriptHost scripts) {
        this.scripts = scripts;
        this.host = scripts.windows();
    }

    static void addTo(Commands commands, ScriptHost scripts) {
        TaskCmdlets c = new TaskCmdlets(scripts);
        Parameter name = Parameter.of("TaskName", "string").at(0).needed();
        Parameter path = Parameter.of("TaskPath", "string").at(1);
        commands.add(Cmdlet.named("New-ScheduledTaskAction")
                .takes(Parameter.of("Execute", "string").needed(), Parameter.of("Argument", "string"))
                .knows(REMOTE)
                .knows("WorkingDirectory", "Id")
                .does(call -> call.write(PsObject.net(CIM + "MSFT_TaskExecAction")
                        .carrying(new Action(call.text("Execute"), call.text("Argument"))))));
        commands.add(Cmdlet.named("New-ScheduledTaskSettingsSet")
                .takes(
                        Parameter.of("MultipleInstances", "string").oneOf("IgnoreNew"),
                        Parameter.of("ExecutionTimeLimit", "timespan"),
                        Parameter.flag("AllowStartIfOnBatteries"),
                        Parameter.flag("DontStopIfGoingOnBatteries"))
                .knows(REMOTE)
                .knows(
                        "DisallowDemandStart",
                        "DisallowHardTerminate",
                        "Compatibility",
                        "DeleteExpiredTaskAfter",
                        "Disable",
                        "Hidden",
                        "RunOnlyIfIdle",
                        "IdleWaitTimeout",
                        "NetworkId",
                        "NetworkName",
                        "Priority",
                        "RestartCount",
                        "RestartInterval",
                        "RunOnlyIfNetworkAvailable",
                        "StartWhenAvailable",
                        "WakeToRun",
                        "MaintenanceDeadline")
                .does(call -> call.write(PsObject.net(CIM + "MSFT_TaskSettings3")
                        .carrying(new Settings(
                                call.has("ExecutionTimeLimit")
                                        ? call.duration("ExecutionTimeLimit")
                                        : Duration.ofDays(3))))));
        commands.add(Cmdlet.named("New-ScheduledTaskPrincipal")
                .takes(
                        Parameter.of("UserId", "string").at(0).needed(),
                        Parameter.of("LogonType", "string").oneOf("ServiceAccount"),
                        Parameter.of("RunLevel", "string").oneOf("Limited", "Highest"))
                .knows(REMOTE)
                .knows("GroupId", "Id", "ProcessTokenSidType", "RequiredPrivilege")
                .does(call -> call.write(PsObject.net(CIM + "MSFT_TaskPrincipal2")
                        .carrying(host(scripts).account(call.text("UserId"))))));
        commands.add(Cmdlet.named("Register-ScheduledTask")
                .takes(
                        name,
                        path,
                        Parameter.of("Action", "object").needed(),
                        Parameter.of("Settings", "object"),
                        Parameter.of("Principal", "object"),
                        Parameter.of("Description", "string"))
                .knows(REMOTE)
                .knows("Trigger", "User", "Password", "RunLevel", "Force", "Xml", "InputObject")
                .does(c::register));
        commands.add(Cmdlet.named("Get-ScheduledTask")
                .takes(Parameter.of("TaskName", "string").at(0), path)
                .knows(REMOTE)
                .does(c::get));
        commands.add(Cmdlet.named("Get-ScheduledTaskInfo")
                .takes(name, path)
                .knows(REMOTE)
                .knows("InputObject")
                .does(call -> c.each(call, "PS_ScheduledTask", task -> call.write(c.info(task)))));
        commands.add(Cmdlet.named("Start-ScheduledTask")
                .takes(name, path)
                .knows(REMOTE)
                .knows("InputObject")
                .does(call -> c.each(call, "PS_ScheduledTask", c.host.tasks()::start)));
        commands.add(Cmdlet.named("Unregister-ScheduledTask")
                .takes(name, path)
                .knows(REMOTE)
                .knows("InputObject", "PassThru")
                .confirming()
                .does(call -> {
                    if (!call.has("Confirm")) {
                        throw new UnsupportedPowerShell("Unregister-ScheduledTask without -Confirm:$false, which asks");
                    }
                    c.each(call, "MSFT_ScheduledTask", c.host.tasks()::remove);
                }));
    }

    private static WindowsHost host(ScriptHost scripts) {
        return scripts.windows();
    }

    /** Without a name those of a folder; a folder without one is an error, since its name is no pattern. */
    private void get(CmdletCall call) {
        if (call.has("TaskName")) {
            each(call, "MSFT_ScheduledTask", task -> call.write(seen(task)));
            return;
        }
        if (!call.has("TaskPath")) {
            throw new UnsupportedPowerShell("Get-ScheduledTask of all folders");
        }
        call.each(() -> {
            List<ScheduledTask> found = host.tasks().all().stream()
                    .filter(t -> t.definition().path().equalsIgnoreCase(path(call)))
                    .toList();
            if (found.isEmpty()) {
                throw NetErrors.cim(
                        "No MSFT_ScheduledTask objects found with property 'TaskPath' equal to '" + path(call)
                                + "'.  Verify the value of the property and retry.",
                        "CmdletizationQuery_NotFound_TaskPath");
            }
            found.forEach(t -> call.write(seen(t)));
        });
    }

    private void each(CmdletCall call, String cimClass, Consumer<ScheduledTask> work) {
        call.each(() -> {
            ScheduledTask task = host.tasks().find(path(call), call.text("TaskName"));
            if (task == null) {
                throw cimClass.equals("MSFT_ScheduledTask")
                        ? NetErrors.cim(
                                "No MSFT_ScheduledTask objects found with property 'TaskName' equal to '"
                                        + call.text("TaskName")
                                        + "'.  Verify the value of the property and retry.",
                                "CmdletizationQuery_NotFound_TaskName")
                        : NetErrors.cim("The system cannot find the file specified.", "HRESULT 0x80070002");
            }
            work.accept(task);
        });
    }

    private static String path(CmdletCall call) {
        return call.has("TaskPath") ? call.text("TaskPath") : "\\";
    }

    private static <T> @Nullable T payload(CmdletCall call, String parameter, Class<T> type) {
        return call.value(parameter) instanceof PsObject o ? o.payload(type) : null;
    }

    private void register(CmdletCall call) {
        Action action = payload(call, "Action", Action.class);
        Settings settings = payload(call, "Settings", Settings.class);
        Account account = payload(call, "Principal", Account.class);
        if (action == null) {
            throw new UnsupportedPowerShell("Register-ScheduledTask with more than one action");
        }
        call.each(() -> {
            host.tasks()
                    .register(new ScheduledTask.Definition(
                            path(call),
                            call.text("TaskName"),
                            action.execute(),
                            action.arguments(),
                            account == null ? scripts.process().account() : account,
                            settings == null ? Duration.ofDays(3) : settings.limit(),
                            call.text("Description")));
            ScheduledTask task = host.tasks().find(path(call), call.text("TaskName"));
            if (task != null) {
                call.write(seen(task));
            }
        });
    }

    private PsObject seen(ScheduledTask task) {
        boolean runs = host.tasks().isRunning(task);
        return PsObject.net(CIM + "Root/Microsoft/Windows/TaskScheduler/MSFT_ScheduledTask")
                .with("TaskName", task.definition().name())
                .with("TaskPath", task.definition().path())
                .with("Description", task.definition().description())
                .with(
                        "State",
                        new PsEnum(
                                "Microsoft.PowerShell.Cmdletization.GeneratedTypes.ScheduledTask.StateEnum",
                                runs ? "Running" : "Ready",
                                runs ? 4 : 3));
    }

    private PsObject info(ScheduledTask task) {
        java.time.Instant ran = host.tasks().lastRunAt(task);
        return PsObject.net(CIM + "Root/Microsoft/Windows/TaskScheduler/MSFT_TaskDynamicInfo")
                .with("TaskName", task.definition().name())
                .with("LastTaskResult", host.tasks().lastResult(task))
                .with("LastRunTime", ran == null ? null : PsDateTime.local(ran, scripts.zone()));
    }
}
