package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Cmdlet;
import io.gds.database.testkit.powershell.CmdletCall;
import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.Parameter;
import io.gds.database.testkit.powershell.PsDateTime;
import io.gds.database.testkit.powershell.PsHashtable;
import io.gds.database.testkit.powershell.PsObject;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Get-CimInstance and Invoke-CimMethod. */
final class CimCmdlets {
    private static final int PATH_NOT_FOUND = 9;
    private static final String AGENT = "root\\ccm\\clientsdk";

    private final ScriptHost scripts;
    private final WindowsHost host;

    private CimCmdlets(ScriptHost scripts) {
        this.scripts = scripts;
        this.host = scripts.windows();
    }

    static void addTo(Commands commands, ScriptHost scripts) {
        CimCmdlets c = new CimCmdlets(scripts);
        commands.add(Cmdlet.named("Get-CimInstance")
                .takes(Parameter.of("ClassName", "string").at(0).needed(), Parameter.of("Filter", "string"))
                .knows(
                        "Namespace",
                        "CimSession",
                        "ResourceUri",
                        "ComputerName",
                        "KeyOnly",
                        "OperationTimeoutSec",
                        "QueryDialect",
                        "Shallow",
                        "InputObject",
                        "Query",
                        "Property")
                .does(c::get));
        commands.add(Cmdlet.named("Invoke-CimMethod")
                .takes(
                        Parameter.of("ClassName", "string").at(0).needed(),
                        Parameter.of("MethodName", "string").at(1).needed(),
                        Parameter.of("Namespace", "string"),
                        Parameter.of("Arguments", "object"))
                .knows(
                        "ComputerName",
                        "CimSession",
                        "Query",
                        "QueryDialect",
                        "ResourceUri",
                        "InputObject",
                        "CimClass",
                        "OperationTimeoutSec")
                .confirming()
                .does(c::invoke));
    }

    private void works() {
        if (host.faults().wmiIsBroken()) {
            throw NetErrors.cim("Invalid class ", "HRESULT 0x80041010");
        }
    }

    private void get(CmdletCall call) {
        call.each(this::works);
        if (host.faults().wmiIsBroken()) {
            return;
        }
        String filter = call.text("Filter").replace(" ", "").toLowerCase(Locale.ROOT);
        switch (call.text("ClassName").toLowerCase(Locale.ROOT)) {
            case "win32_operatingsystem" -> call.write(unfiltered(filter, system()));
            case "win32_logicaldisk" -> {
                if (!filter.isEmpty() && !filter.equals("drivetype=3")) {
                    throw new UnsupportedPowerShell("Win32_LogicalDisk with the filter " + call.text("Filter"));
                }
                host.files().drives().forEach(d -> call.write(disk(d)));
            }
            case "win32_process" -> {
                unfiltered(filter, "");
                host.processes().running().forEach(p -> call.write(process(p)));
            }
            default -> throw new UnsupportedPowerShell("CIM class " + call.text("ClassName"));
        }
    }

    private static <T> T unfiltered(String filter, T value) {
        if (!filter.isEmpty()) {
            throw new UnsupportedPowerShell("Get-CimInstance with the filter " + filter);
        }
        return value;
    }

    private PsObject system() {
        return PsObject.net("Microsoft.Management.Infrastructure.CimInstance#root/cimv2/Win32_OperatingSystem")
                .with("Version", host.system().version())
                .with("Caption", host.system().caption())
                .with("CSName", host.name())
                .with("LastBootUpTime", PsDateTime.local(host.bootedAt(), scripts.zone()))
                .with("LocalDateTime", PsDateTime.local(host.now(), scripts.zone()));
    }

    private static PsObject disk(Drive drive) {
        return PsObject.net("Microsoft.Management.Infrastructure.CimInstance#root/cimv2/Win32_LogicalDisk")
                .with("DeviceID", drive.name())
                .with("DriveType", 3)
                .with("Size", drive.size())
                .with("FreeSpace", drive.free());
    }

    /** A child of the service of WMI, and of nobody's session. */
    private void create(CmdletCall call) {
        if (!(call.value("Arguments") instanceof PsHashtable given)
                || given.size() != 1
                || !(given.get("CommandLine") instanceof String line)) {
            throw new UnsupportedPowerShell("Win32_Process.Create with something else than a CommandLine");
        }
        PsObject result = PsObject.net("Microsoft.Management.Infrastructure.CimMethodResult");
        String[] parts = CommandLine.program(line);
        Program program = host.programs().find(parts[0]);
        if (program == null) {
            call.write(result.with("ReturnValue", PATH_NOT_FOUND).with("ProcessId", null));
            return;
        }
        HostProcess.Start start = new HostProcess.Start(
                host.programs().path(parts[0]),
                parts[1],
                scripts.process().account(),
                host.environment(),
                "C:\\Windows\\System32",
                b -> {},
                b -> {});
        HostProcess made = host.processes().start(program, start, 0);
        call.write(result.with("ReturnValue", 0).with("ProcessId", made.id()));
    }

    private PsObject process(HostProcess p) {
        return PsObject.net("Microsoft.Management.Infrastructure.CimInstance#root/cimv2/Win32_Process")
                .with("Name", p.name())
                .with("ProcessId", p.id())
                .with("ParentProcessId", p.parent())
                .with("CommandLine", p.commandLine())
                .with("ExecutablePath", p.path())
                .with("CreationDate", PsDateTime.local(p.startedAt().truncatedTo(ChronoUnit.MICROS), scripts.zone()));
    }

    private void invoke(CmdletCall call) {
        call.each(this::works);
        if (host.faults().wmiIsBroken()) {
            return;
        }
        if (call.text("ClassName").equalsIgnoreCase("Win32_Process")
                && call.text("MethodName").equalsIgnoreCase("Create")) {
            create(call);
            return;
        }
        boolean known = !call.has("Arguments")
                && call.text("Namespace").equalsIgnoreCase(AGENT)
                && call.text("ClassName").equalsIgnoreCase("CCM_ClientUtilities")
                && call.text("MethodName").equalsIgnoreCase("DetermineIfRebootPending");
        if (!known) {
            throw new UnsupportedPowerShell("CIM method " + call.text("ClassName") + "." + call.text("MethodName"));
        }
        Boolean opinion = host.agentSaysRestartPending();
        if (opinion == null) {
            call.error(NetErrors.cim("Invalid namespace ", "HRESULT 0x8004100e"));
            return;
        }
        call.write(PsObject.net("Microsoft.Management.Infrastructure.CimMethodResult")
                .with("ReturnValue", 0)
                .with("RebootPending", opinion)
                .with("IsHardRebootPending", false)
                .with("InGracePeriod", false));
    }
}
