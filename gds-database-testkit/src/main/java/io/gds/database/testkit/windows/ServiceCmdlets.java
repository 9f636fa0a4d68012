package io.gds.database.testkit.windows;

import io.gds.database.testkit.powershell.Cmdlet;
import io.gds.database.testkit.powershell.CmdletCall;
import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.NetException;
import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.Parameter;
import io.gds.database.testkit.powershell.PsEnum;
import io.gds.database.testkit.powershell.PsObject;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.util.function.Consumer;

/** Get-Service and Stop-Service. */
final class ServiceCmdlets {
    private static final String FAILURE = "Microsoft.PowerShell.Commands.ServiceCommandException";

    private final WindowsHost host;
    private final ScriptHost scripts;

    private ServiceCmdlets(ScriptHost scripts) {
        this.scripts = scripts;
        this.host = scripts.windows();
    }

    static void addTo(Commands commands, ScriptHost scripts) {
        ServiceCmdlets c = new ServiceCmdlets(scripts);
        commands.add(Cmdlet.named("Get-Service")
                .takes(Parameter.of("Name", "string[]")
                        .at(0)
                        .piped()
                        .alias("ServiceName")
                        .needed())
                .knows(
                        "DisplayName",
                        "ComputerName",
                        "DependentServices",
                        "RequiredServices",
                        "Include",
                        "Exclude",
                        "InputObject")
                .does(call -> c.each(call, s -> call.write(c.seen(s)))));
        commands.add(Cmdlet.named("Stop-Service")
                .takes(
                        Parameter.of("Name", "string[]")
                                .at(0)
                                .piped()
                                .alias("ServiceName")
                                .needed(),
                        Parameter.flag("Force"),
                        Parameter.flag("NoWait"))
                .knows("DisplayName", "PassThru", "Include", "Exclude", "InputObject")
                .confirming()
                .does(call -> c.each(call, s -> c.stop(call, s))));
    }

    private void each(CmdletCall call, Consumer<HostService> work) {
        for (String name : call.texts("Name")) {
            call.each(() -> {
                if (name.matches(".*[*?\\[].*")) {
                    throw new UnsupportedPowerShell("a service's name with wildcards: " + name);
                }
                HostService service = host.services().find(name);
                if (service == null) {
                    throw failure(
                            "Cannot find any service with service name '" + name + "'.", "NoServiceFoundForGivenName");
                }
                work.accept(service);
            });
        }
    }

    private static NetFailure failure(String message, String id) {
        return new NetFailure(new NetException(FAILURE, message), "ObjectNotFound", id);
    }

    /** As it is now: the object does not change when the service does. */
    private PsObject seen(HostService s) {
        return PsObject.net("System.ServiceProcess.ServiceController")
                .with("Name", s.name())
                .with("ServiceName", s.name())
                .with(
                        "Status",
                        new PsEnum(
                                "System.ServiceProcess.ServiceControllerStatus",
                                s.state().text(),
                                s.state().number()))
                .with(
                        "StartType",
                        new PsEnum(
                                "System.ServiceProcess.ServiceStartMode",
                                s.startType().text(),
                                s.startType().number()))
                .text(s::name);
    }

    private void stop(CmdletCall call, HostService s) {
        if (s.state() == HostService.State.STOPPED) {
            return;
        }
        if (!host.services().runningNeeding(s.name()).isEmpty()) {
            if (!call.flag("Force")) {
                throw failure(
                        "Cannot stop service '" + s.name()
                                + "' because it has dependent services. It can only be stopped if "
                                + "the Force flag is set.",
                        "ServiceHasDependentServices");
            }
            host.services().runningNeeding(s.name()).forEach(HostService::stop);
        }
        if (s.stop() != 0) {
            throw failure("Service '" + s.name() + "' cannot be stopped.", "CouldNotStopService");
        }
        if (!call.flag("NoWait")) {
            while (s.state() == HostService.State.STOP_PENDING) {
                scripts.sleep(java.time.Duration.ofMillis(250));
            }
        }
    }
}
