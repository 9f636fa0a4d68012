package io.gds.engine.mssql.internal.admin;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.sql.InstanceReader;
import io.gds.engine.mssql.internal.survey.SideBySide;
import java.util.List;
import java.util.stream.Collectors;

/** Instances that stand by themselves: each is written to, and none follows another. */
final class InstancesTopology {
    private InstancesTopology() {}

    /** What each says of itself, in the role that those have who answer. */
    static Topology of(MssqlEngine engine, MemberRole role) {
        List<Member> members = SideBySide.ask(engine.spec().targets(), t -> member(engine, t, role));
        return new Topology(
                engine.name(), engine.name(), members, List.of(), engine.clock().instant());
    }

    private static Member member(MssqlEngine engine, TargetSpec target, MemberRole role) {
        Member.Builder member = Member.named(target.name(), target.address())
                .attribute("environment", target.environment())
                .attribute("enabled", String.valueOf(target.enabled()));
        try {
            InstanceFacts facts = InstanceReader.facts(engine.access(target.name()));
            member.answered(role, EngineVersion.parse(facts.version()))
                    .attribute("edition", facts.edition())
                    .attribute("level", facts.describe());
            if (facts.isFailoverCluster()) {
                member.attribute("nodes", nodes(engine, target));
            }
        } catch (GdsDatabaseException e) {
            member.attribute("silence", e.code());
        }
        return member.build();
    }

    /** Of an instance of a failover cluster: where it may be, and where it is. */
    private static String nodes(MssqlEngine engine, TargetSpec target) {
        return InstanceReader.nodes(engine.access(target.name())).stream()
                .map(n -> n.name() + (n.isOwner() ? " (owner)" : n.isUp() ? "" : " (" + n.state() + ")"))
                .collect(Collectors.joining(", "));
    }
}
