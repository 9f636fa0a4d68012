package io.gds.engine.mssql.internal.clone;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.plan.Finding;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.build.Build;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.sql.SqlAccess;
import io.gds.engine.mssql.internal.sql.SqlQuery;
import io.gds.engine.mssql.internal.survey.SideBySide;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What keeps a sandbox apart from production, and what it needs for copies. Asked when a plan is made, and once more right before
 * anything is done.
 */
final class SandboxFindings {
    private static final String GROUP = "SELECT TOP (1) name FROM sys.availability_groups ORDER BY name";
    private static final String RIGHTS = "SELECT IS_SRVROLEMEMBER('sysadmin') AS is_sysadmin";

    private final MssqlEngine engine;
    private final TargetSpec sandbox;
    private final List<Finding> findings = new ArrayList<>();

    private record Answer(TargetSpec target, Optional<InstanceFacts> facts, String silence) {}

    private SandboxFindings(MssqlEngine engine, TargetSpec sandbox) {
        this.engine = engine;
        this.sandbox = sandbox;
    }

    /**
     * All that speaks against it, or should be known.
     *
     * @throws GdsDatabaseException when the sandbox, or the instance that is copied, does not answer
     */
    static List<Finding> of(MssqlEngine engine, TargetSpec sandbox, CloneScope scope) {
        SandboxFindings all = new SandboxFindings(engine, sandbox);
        // One that is called like a target would be asked in its place.
        if (all.isNamedLikeATarget()) {
            return all.findings;
        }
        SqlAccess access = engine.access(sandbox.name());
        InstanceFacts facts = InstanceReader.facts(access);
        all.apart(facts);
        all.group(access, facts);
        all.version(facts, InstanceReader.facts(engine.access(scope.source())), scope);
        all.free(access);
        all.rights(access);
        all.findings.addAll(
                SandboxRoom.findings(access, SourceDatabases.bytes(engine.access(scope.source()), scope.databases())));
        return List.copyOf(all.findings);
    }

    private void block(String id, String observed, String expected, String remedy) {
        findings.add(Finding.block("MSSQL-SANDBOX-" + id, sandbox.name(), observed, expected, remedy));
    }

    private boolean isNamedLikeATarget() {
        engine.spec().targets().stream()
                .filter(t -> t.server().equalsIgnoreCase(sandbox.server()))
                .findFirst()
                .ifPresent(t -> isTargets(t, "it is on the server of target " + t.name()));
        return !findings.isEmpty();
    }

    private void isTargets(TargetSpec target, String observed) {
        block(
                "IS-TARGET",
                observed,
                "a host of its own, that none of the targets is on",
                "name another sandbox than " + target.name() + ": setup and restores would meet production.");
    }

    /** Names of hosts may be many for one host: each says itself who it is. */
    private void apart(InstanceFacts facts) {
        for (Answer a : SideBySide.ask(engine.spec().targets(), this::ask)) {
            if (a.facts().isEmpty()) {
                block(
                        "UNSURE",
                        "target " + a.target().name() + " does not answer, and may be the same: " + a.silence(),
                        "an answer of every target, to tell them from the sandbox",
                        "see why it does not answer.");
            } else if (isSame(facts, a.facts().get())) {
                isTargets(
                        a.target(),
                        "it calls itself " + facts.serverName() + " on host " + facts.host() + ", and so does target "
                                + a.target().name());
            }
        }
    }

    private static boolean isSame(InstanceFacts a, InstanceFacts b) {
        return a.serverName().equalsIgnoreCase(b.serverName())
                || (!a.host().isEmpty() && a.host().equalsIgnoreCase(b.host()));
    }

    private Answer ask(TargetSpec target) {
        try {
            return new Answer(target, Optional.of(InstanceReader.facts(engine.access(target.name()))), "");
        } catch (GdsDatabaseException e) {
            return new Answer(target, Optional.empty(), e.code());
        }
    }

    private void group(SqlAccess access, InstanceFacts facts) {
        Optional<String> group = facts.isInGroups()
                ? access.call("reading its groups", s -> SqlQuery.first(s, GROUP, row -> row.text("name")))
                : Optional.empty();
        group.ifPresent(g -> block(
                "IN-GROUP",
                "it has a replica of the availability group " + g,
                "an instance that stands by itself",
                "name another sandbox."));
    }

    private void version(InstanceFacts facts, InstanceFacts source, CloneScope scope) {
        if (facts.build().major() != source.build().major()) {
            block(
                    "VERSION",
                    "it runs " + facts.version() + ", and " + scope.source() + " runs " + source.version(),
                    "the same version",
                    "name a sandbox of that version.");
            return;
        }
        scope.setup().ifPresent(range -> {
            Build build = facts.build();
            if (range.target().isBelow(build)) {
                block(
                        "BUILD",
                        "it runs " + facts.version() + ", which is above the target",
                        range.target() + " or less",
                        "take the later update off it, or set it up anew.");
            } else if (build.isBelow(range.minimum())) {
                block(
                        "BUILD",
                        "it runs " + facts.version(),
                        range.minimum() + " or more, from which on the update may be applied",
                        "bring it to the build of production first.");
            } else if (!build.equals(source.build()) && !build.equals(range.target())) {
                findings.add(Finding.warn(
                        "MSSQL-SANDBOX-BUILD",
                        sandbox.name(),
                        "it runs " + facts.version() + ", and " + scope.source() + " runs " + source.version(),
                        "the build that production comes from",
                        "expect another way to the target than production will go."));
            }
        });
    }

    private void free(SqlAccess access) {
        List<String> others = new SandboxServer(access).named(CloneNames.EVERYBODYS);
        if (!others.isEmpty()) {
            block(
                    "IN-USE",
                    "copies of another clone test are there: " + String.join(", ", others),
                    "none: there is one test at a time, since setup is for the whole instance",
                    "wait for its end or resume it; where no run knows of them, drop them.");
        }
    }

    private void rights(SqlAccess access) {
        boolean sysadmin = access.call(
                        "reading what it may do", s -> SqlQuery.first(s, RIGHTS, row -> row.flag("is_sysadmin")))
                .orElse(false);
        if (!sysadmin) {
            block(
                    "RIGHTS",
                    "login " + sandbox.user().orElse("of this process") + " is no sysadmin",
                    "one who may restore, check and drop databases and remove their backups",
                    "give the login that role on the sandbox.");
        }
    }
}
