package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.survey.HostFacts;
import io.gds.engine.mssql.internal.survey.PendingRestart;
import io.gds.engine.mssql.internal.survey.RegisteredInstance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What speaks against beginning the work on a server just now. Each of these stops its server and no other one: in a plan they are
 * told, and right before the first installer they decide.
 */
final class ServerFindings {
    static final String RESTART_PENDING = "MSSQL-RESTART-PENDING";
    static final String SETUP_RUNNING = "MSSQL-SETUP-RUNNING";

    /** What setup needs beside the package and what it unpacks: the reference's figure. */
    private static final long SYSTEM_DRIVE = 6L << 30;

    private final String server;
    private final HostFacts facts;
    private final List<Finding> findings = new ArrayList<>();

    private ServerFindings(String server, HostFacts facts) {
        this.server = server;
        this.facts = facts;
    }

    /**
     * All that speaks against it.
     *
     * @param server the server's name in the spec
     * @param facts what its host says
     * @param instances the names of the instances that are worked on
     * @param largestPackage the size of the largest package
     */
    static List<Finding> of(String server, HostFacts facts, Set<String> instances, long largestPackage) {
        ServerFindings all = new ServerFindings(server, facts);
        all.rights();
        all.restart();
        all.running();
        all.room(largestPackage);
        all.cache();
        all.instances(instances);
        return List.copyOf(all.findings);
    }

    private void add(String id, String observed, String expected, String remedy) {
        findings.add(Finding.block(id, server, observed, expected, remedy));
    }

    private void rights() {
        if (!facts.isAdministrator()) {
            add(
                    "MSSQL-NOT-ADMINISTRATOR",
                    "we are there as " + facts.account() + ", who is no administrator",
                    "an administrator, who may install",
                    "give the shell an account that is one, or run it elevated.");
        }
    }

    private void restart() {
        List<PendingRestart> needed = facts.restartNeeded();
        if (!needed.isEmpty()) {
            add(
                    RESTART_PENDING,
                    "Windows waits for a restart: "
                            + needed.stream().map(PendingRestart::describe).collect(Collectors.joining(", ")),
                    "nothing that waits; setup refuses to begin otherwise",
                    "restart the host, or let the plan do it (RestartPolicy.RESTART).");
        }
    }

    private void running() {
        if (!facts.running().isEmpty()) {
            add(
                    SETUP_RUNNING,
                    "an installation runs: " + String.join(", ", facts.running()),
                    "none",
                    "wait until it has ended.");
        }
    }

    private void room(long largestPackage) {
        long needed = 2 * largestPackage + SYSTEM_DRIVE;
        long free = facts.freeBytesAt(facts.systemDrive());
        if (free >= 0 && free < needed) {
            add(
                    "MSSQL-DISK",
                    gigabytes(free) + " free on " + facts.systemDrive(),
                    gigabytes(needed) + ": twice the package and 6 GB",
                    "make room on the drive.");
        }
    }

    private static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / (double) (1L << 30));
    }

    private void cache() {
        if (!facts.missingPackages().isEmpty()) {
            add(
                    "MSSQL-INSTALLER-CACHE",
                    "Windows Installer misses packages of what is installed: "
                            + String.join(", ", facts.missingPackages()),
                    "all of them in C:\\Windows\\Installer",
                    "repair the instance from its media, or put the packages back.");
        }
    }

    private void instances(Set<String> names) {
        for (RegisteredInstance i : facts.instances()) {
            if (i.halfInstalled()) {
                add(
                        "MSSQL-HALF-INSTALLED",
                        "an update of instance " + i.name() + " broke off half way (Resume is 1 in the registry)",
                        "instances that are whole",
                        "run the same package on it again by hand, and look that it passes.");
            }
            if (names.contains(i.name().toUpperCase(Locale.ROOT)) && !i.runs()) {
                add(
                        "MSSQL-SERVICE",
                        "service " + i.service() + " is " + i.serviceState(),
                        "Running: what came of an update is asked of the instance itself",
                        "start the service.");
            }
        }
    }
}
