package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.survey.HostFacts;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Instances beside those that are meant: setup that is called for all instances of a host patches and restarts them, too. One that the
 * spec names was left out for a reason, be it that it leads a group or that nobody chose it; of any other somebody has to know.
 */
final class SideInstances {
    private final List<TargetSpec> targets;

    /**
     * By what a spec names.
     *
     * @param targets all its targets, also those that no plan takes in
     */
    SideInstances(List<TargetSpec> targets) {
        this.targets = List.copyOf(targets);
    }

    /**
     * What speaks against packages on a host.
     *
     * @param server the host's name in the spec
     * @param meant the names of the instances that they are for, in capitals
     */
    List<Finding> on(String server, HostFacts host, List<Hotfix> hotfixes, Set<String> meant) {
        List<Finding> out = new ArrayList<>();
        for (Hotfix hotfix : hotfixes) {
            if (hotfix.files().stream().anyMatch(f -> f.arguments().has("ALLINSTANCES"))) {
                host.instances().stream()
                        .filter(i -> !meant.contains(TargetSpec.folded(i.name())))
                        .filter(i -> isTakenAlong(i, hotfix))
                        .forEach(i -> out.add(finding(server, i)));
            }
        }
        return out.stream().distinct().toList();
    }

    private static boolean isTakenAlong(RegisteredInstance instance, Hotfix hotfix) {
        return instance.build()
                .filter(b -> b.family().filter(f -> f == hotfix.family()).isPresent())
                .filter(b -> b.isBelow(hotfix.target()))
                .isPresent();
    }

    private Finding finding(String server, RegisteredInstance instance) {
        boolean known = targets.stream()
                .anyMatch(t ->
                        t.server().equalsIgnoreCase(server) && t.instanceName().equalsIgnoreCase(instance.name()));
        String subject = server + "\\" + instance.name();
        String observed = "setup is called with /AllInstances, which patches and restarts this instance as well";
        return known
                ? Finding.block(
                        "MSSQL-OTHER-INSTANCES",
                        subject,
                        observed + "; the spec has it, and it is not part of this work",
                        "only the instances that are meant",
                        "name the instance by /InstanceName in parameters of the mapping, or take this one in.")
                : Finding.ack(
                        "MSSQL-OTHER-INSTANCES",
                        subject,
                        observed,
                        "nothing else on the host, or somebody's word for it",
                        "name the instance by /InstanceName in parameters of the mapping, or acknowledge it by name.");
    }
}
