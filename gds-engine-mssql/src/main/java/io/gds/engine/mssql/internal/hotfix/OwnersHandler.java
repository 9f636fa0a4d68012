package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.ActionId;
import io.gds.database.plan.Params;
import io.gds.database.run.Blocked;
import io.gds.database.spi.Prepared;
import io.gds.database.spi.Probed;
import io.gds.database.spi.StepContext;
import io.gds.database.spi.StepHandler;
import io.gds.database.spi.Verdict;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.survey.ClusterRole;
import io.gds.engine.mssql.internal.windows.HostScripts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Says which nodes of a failover cluster may own an instance while others are changed, so that the cluster never fails it over to programs
 * that are half replaced, or back to older ones. What was is journalled first, and is so again at the end. The node that it is on always may.
 *
 * <p>Source: KB 958734, how to apply an update to a failover cluster instance.
 */
final class OwnersHandler implements StepHandler<MssqlEngine> {
    private static final Duration SOON = Duration.ofSeconds(2);
    private static final String FOUND = "found";
    private static final String WANTED = "wanted";

    private final ActionId action;
    private final boolean back;

    OwnersHandler(String action, boolean back) {
        this.action = ActionId.of(action);
        this.back = back;
    }

    @Override
    public ActionId action() {
        return action;
    }

    @Override
    public String describe(Params p) {
        String of = p.optionalString("instance").orElse("the instance");
        return "Set-ClusterOwnerNode: "
                + (back ? "the possible owners of " + of + " as they were found" : "fewer possible owners of " + of);
    }

    @Override
    public Prepared prepare(StepContext<MssqlEngine> c) {
        Optional<ClusterRole> found = PassiveNode.role(c, c.params());
        if (found.isEmpty()) {
            return Prepared.refuse(PassiveNode.noRole(c.params()));
        }
        ClusterRole role = found.get();
        if (role.isPending()) {
            return Prepared.hold(new Blocked(
                    c.params().string("instance") + " is on its way", "a role that is not", "its cluster", SOON));
        }
        List<String> first = first(c).orElse(role.owners());
        List<String> wanted = new ArrayList<>();
        for (String node : first) {
            boolean asked = back || c.params().strings("beside").stream().anyMatch(node::equalsIgnoreCase);
            if (asked || role.isOn(node)) {
                wanted.add(node);
            }
        }
        if (wanted.stream().noneMatch(role::isOn)) {
            wanted.add(role.owner());
        }
        return Prepared.proceed(Params.of("resource", role.networkName(), FOUND, first, WANTED, wanted));
    }

    /** The list as it was before this run; empty while nobody has changed it. */
    private Optional<List<String>> first(StepContext<MssqlEngine> c) {
        if (c.firstFacts().has(FOUND)) {
            return Optional.of(c.firstFacts().strings(FOUND));
        }
        return c.earlier(ActionId.of(HotfixActions.OWNERS)).stream()
                .filter(f -> f.has(FOUND) && f.optionalString("resource").isPresent())
                .filter(f -> f.optionalString("instance")
                        .filter(c.params().string("instance")::equals)
                        .isPresent())
                .map(f -> f.strings(FOUND))
                .findFirst();
    }

    @Override
    public Params apply(StepContext<MssqlEngine> c) {
        HostScripts host = PassiveNode.voice(c, c.params()).host();
        c.fence();
        host.ask(
                "cluster-owners",
                Params.of(
                        "resource",
                        c.facts().string("resource"),
                        "owners",
                        c.facts().strings(WANTED)));
        return Params.of("instance", c.params().string("instance"));
    }

    private static boolean isSo(StepContext<MssqlEngine> c) {
        return PassiveNode.role(c, c.params())
                .filter(r -> folded(r.owners()).equals(folded(c.facts().strings(WANTED))))
                .isPresent();
    }

    private static Set<String> folded(List<String> names) {
        Set<String> out = new TreeSet<>();
        names.forEach(n -> out.add(n.toUpperCase(Locale.ROOT)));
        return out;
    }

    @Override
    public Verdict verify(StepContext<MssqlEngine> c) {
        return isSo(c)
                ? Verdict.holds()
                : Verdict.again("the possible owners are not "
                        + String.join(", ", c.facts().strings(WANTED)));
    }

    @Override
    public Probed probe(StepContext<MssqlEngine> c) {
        return isSo(c) ? Probed.done() : Probed.notDone();
    }
}
