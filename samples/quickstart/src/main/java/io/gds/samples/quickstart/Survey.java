package io.gds.samples.quickstart;

import io.gds.database.DatabaseEngine;
import io.gds.database.core.Engines;
import io.gds.database.core.Journal;
import io.gds.database.core.RollingPatcher;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.topology.Member;
import io.gds.database.version.EngineVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** What there is to see of a cluster when there is no second version to patch to. Runs nothing, so there is no report. */
final class Survey {
    private Survey() {}

    static int run(Arguments a, String version, SampleCluster cluster) {
        Path spec = a.out().resolve("orders.yaml");
        cluster.writeSpec(spec);
        try (Journal journal = Journal.sqlite(a.journal());
                RollingPatcher patcher = RollingPatcher.create(journal);
                DatabaseEngine orders = Engines.open(spec)) {
            List<Member> members = orders.topology().members();
            members.forEach(m -> Terminal.say("  " + m));
            Plan plan = patcher.plan(orders, PatchRequest.to(version));
            Terminal.say(plan.asRunbook());
            List<Member> others =
                    members.stream().filter(m -> !runs(m, version)).toList();
            Terminal.say(
                    others.isEmpty()
                            ? "up to date: all " + members.size() + " members run " + version + " already"
                            : "not up to date: "
                                    + others.stream().map(Member::toString).collect(Collectors.joining(", ")));
            Terminal.say("nothing was patched, for want of a second version. " + MongodChoice.WANTED);
            System.out.printf(
                    "{\"status\":\"%s\",\"from\":\"%s\",\"to\":\"%s\",\"members\":%d}%n",
                    others.isEmpty() ? "UP_TO_DATE" : "OUT_OF_DATE", version, version, members.size());
            return others.isEmpty() ? 0 : 1;
        }
    }

    private static boolean runs(Member m, String version) {
        return m.version()
                .filter(v -> v.sameRelease(EngineVersion.parse(version)))
                .isPresent();
    }
}
