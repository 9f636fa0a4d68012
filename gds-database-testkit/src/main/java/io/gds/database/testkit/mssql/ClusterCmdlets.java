package io.gds.database.testkit.mssql;

import io.gds.database.testkit.powershell.Cmdlet;
import io.gds.database.testkit.powershell.CmdletCall;
import io.gds.database.testkit.powershell.Commands;
import io.gds.database.testkit.powershell.NetException;
import io.gds.database.testkit.powershell.NetFailure;
import io.gds.database.testkit.powershell.Parameter;
import io.gds.database.testkit.powershell.PsArray;
import io.gds.database.testkit.powershell.PsEnum;
import io.gds.database.testkit.powershell.PsObject;
import io.gds.database.testkit.powershell.UnsupportedPowerShell;
import java.util.List;
import java.util.Locale;

/** The commands of the module FailoverClusters, on one node. */
final class ClusterCmdlets {
    private static final String TYPE = "Microsoft.FailoverClusters.PowerShell.";
    private static final String[] REMOTE = {"Cluster", "InputObject"};

    private final FailoverCluster cluster;
    private final FailoverNode here;

    ClusterCmdlets(FailoverCluster cluster, FailoverNode here) {
        this.cluster = cluster;
        this.here = here;
    }

    void addTo(Commands commands) {
        commands.add(Cmdlet.named("Get-ClusterResource")
                .knows(REMOTE)
                .knows("Name", "VMId")
                .does(call -> work(call, () -> resources(call))));
        commands.add(Cmdlet.named("Get-ClusterParameter")
                .takes(
                        Parameter.of("Name", "string").at(0).needed(),
                        Parameter.of("InputObject", "object").piped())
                .knows("Cluster")
                .does(call -> work(call, () -> parameter(call))));
        commands.add(Cmdlet.named("Get-ClusterOwnerNode")
                .takes(Parameter.of("Resource", "string").needed())
                .knows(REMOTE)
                .knows("Group", "ResourceType")
                .does(call -> work(call, () -> owners(call))));
        commands.add(Cmdlet.named("Set-ClusterOwnerNode")
                .takes(
                        Parameter.of("Resource", "string").needed(),
                        Parameter.of("Owners", "string[]").needed())
                .knows(REMOTE)
                .knows("Group")
                .does(call -> work(call, () -> setOwners(call))));
        commands.add(Cmdlet.named("Get-ClusterGroup")
                .takes(Parameter.of("Name", "string").at(0).needed())
                .knows(REMOTE)
                .knows("VMId")
                .does(call -> work(call, () -> {
                    known(call.text("Name"));
                    call.write(role());
                })));
        commands.add(Cmdlet.named("Get-ClusterNode")
                .knows(REMOTE)
                .knows("Name")
                .does(call -> work(call, () -> cluster.nodes().forEach(n -> call.write(node(n))))));
        commands.add(Cmdlet.named("Move-ClusterGroup")
                .takes(
                        Parameter.of("Name", "string").at(0).needed(),
                        Parameter.of("Node", "string").at(1).needed(),
                        Parameter.of("Wait", "int"))
                .knows(REMOTE)
                .knows("MigrationType", "Cancel", "VMId", "IgnoreLocked")
                .does(call -> work(call, () -> move(call))));
    }

    private void work(CmdletCall call, Runnable work) {
        call.each(() -> {
            if (cluster.stateOf(here) == ClusterNodeState.DOWN) {
                throw failure(
                        "The cluster service is not running.  Make sure that the service is running on all nodes in the"
                                + " cluster. There are no more endpoints available from the endpoint mapper");
            }
            work.run();
        });
    }

    private static NetFailure failure(String message) {
        return new NetFailure(
                new NetException(TYPE + "ClusterCmdletException", message), "NotSpecified", "ClusterCmdlet");
    }

    private void known(String role) {
        if (!role.equalsIgnoreCase(cluster.role())) {
            throw failure("The cluster group '" + role + "' was not found.");
        }
    }

    private void resources(CmdletCall call) {
        call.write(resource(networkName(), "Network Name"));
        call.write(resource(server(), "SQL Server"));
        call.write(resource("Cluster Disk 1", "Physical Disk"));
    }

    private String server() {
        return "SQL Server of " + cluster.networkName();
    }

    private String networkName() {
        return "SQL Network Name (" + cluster.networkName() + ")";
    }

    private PsObject resource(String name, String type) {
        return PsObject.net(TYPE + "ClusterResource")
                .with("Name", name)
                .with("ResourceType", named("ClusterResourceType", type))
                .with("OwnerGroup", role())
                .with("OwnerNode", node(cluster.current()))
                .text(() -> name);
    }

    private static PsObject named(String type, String name) {
        return PsObject.net(TYPE + type).with("Name", name).text(() -> name);
    }

    private PsObject role() {
        RoleState state = cluster.state();
        return PsObject.net(TYPE + "ClusterGroup")
                .with("Name", cluster.role())
                .with("State", new PsEnum(TYPE + "ClusterGroupState", state.text(), state.number()))
                .with("OwnerNode", node(cluster.current()))
                .text(cluster::role);
    }

    private PsObject node(FailoverNode n) {
        ClusterNodeState state = cluster.stateOf(n);
        return PsObject.net(TYPE + "ClusterNode")
                .with("Name", n.host().name())
                .with("State", new PsEnum(TYPE + "ClusterNodeState", state.text(), state.number()))
                .text(() -> n.host().name());
    }

    private void parameter(CmdletCall call) {
        Object of = call.value("InputObject") instanceof PsObject o ? o.get("Name") : null;
        String name = call.text("Name").toLowerCase(Locale.ROOT);
        if (server().equals(of) && name.equals("instancename")) {
            call.write(parameter("InstanceName", cluster.current().installed().name()));
        } else if (server().equals(of) && name.equals("virtualservername")) {
            call.write(parameter("VirtualServerName", cluster.networkName()));
        } else if (networkName().equals(of) && name.equals("name")) {
            call.write(parameter("Name", cluster.networkName()));
        } else {
            throw new UnsupportedPowerShell("Get-ClusterParameter " + call.text("Name") + " of " + of);
        }
    }

    private static PsObject parameter(String name, String value) {
        return PsObject.net(TYPE + "ClusterParameter").with("Name", name).with("Value", value);
    }

    private void owners(CmdletCall call) {
        String of = call.text("Resource");
        boolean ofName = of.equalsIgnoreCase(networkName());
        if (!ofName && !of.equalsIgnoreCase(server())) {
            throw new UnsupportedPowerShell("Get-ClusterOwnerNode of " + of);
        }
        List<String> listed = cluster.owners();
        call.write(PsObject.net(TYPE + "ClusterOwnerNodeList")
                .with("ClusterObject", named("ClusterResource", of))
                .with(
                        "OwnerNodes",
                        PsArray.of(cluster.nodes().stream()
                                .filter(n -> ofName ? listed.contains(n.host().name()) : !cluster.isImpossible(n))
                                .map(this::node)
                                .toList())));
    }

    private void setOwners(CmdletCall call) {
        if (!call.text("Resource").equalsIgnoreCase(networkName())) {
            throw new UnsupportedPowerShell("Set-ClusterOwnerNode of " + call.text("Resource"));
        }
        try {
            cluster.owners(call.texts("Owners"));
        } catch (ClusterRefusal e) {
            throw failure(String.valueOf(e.getMessage()));
        }
    }

    private void move(CmdletCall call) {
        known(call.text("Name"));
        if (call.integer("Wait", -1) != 0) {
            throw new UnsupportedPowerShell("Move-ClusterGroup that waits");
        }
        try {
            cluster.move(call.text("Node"));
        } catch (ClusterRefusal e) {
            throw failure(
                    "An error occurred while moving the clustered role '" + cluster.role() + "'. " + e.getMessage());
        }
        call.write(role());
    }
}
