package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.PlanTarget;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.internal.build.Family;
import io.gds.engine.mssql.internal.config.TargetSpec;
import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.sql.InstanceFacts;
import io.gds.engine.mssql.internal.survey.ClusterSurvey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Lays the steps of every server: a bracket that marks the host and checks it, the packages in their order, a restart where it is
 * allowed, and the look at what came of it. Servers are lanes; as many are worked on at a time as the request allows.
 */
final class HotfixPlan {
    static final String KIND = "mssql-hotfix";

    private final HotfixRequest request;
    private final PackagePaths paths;
    private final Consumer<Step> steps;
    private int number;

    private HotfixPlan(HotfixRequest request, PackagePaths paths, Consumer<Step> steps) {
        this.request = request;
        this.paths = paths;
        this.steps = steps;
    }

    /** The steps of one server, in their order, for a plan that has others around them. */
    static List<Step> ofServer(ServerDecision server, HotfixRequest request, PackagePaths paths) {
        List<Step> steps = new ArrayList<>();
        new HotfixPlan(request, paths, steps::add).server(server);
        return steps;
    }

    /** Starts a plan with the steps of every scheduled server. */
    static Plan.Builder of(
            ClusterRef reference,
            String fingerprint,
            List<ServerDecision> fleet,
            HotfixRequest request,
            PackagePaths paths) {
        List<ServerDecision> scheduled =
                fleet.stream().filter(ServerDecision::isScheduled).toList();
        Plan.Builder plan = Plan.of(
                        KIND,
                        "Hotfixes for " + scheduled.size() + " of " + fleet.size() + " servers of " + reference.name(),
                        reference,
                        fingerprint)
                .lock(SiteSteps.SERVERS, request.serversAtOnce())
                .rollbackOnFailure(request.removesOnFailure());
        HotfixPlan laying = new HotfixPlan(request, paths, plan::step);
        scheduled.forEach(laying::server);
        fleet.forEach(server -> targets(plan, server));
        return plan;
    }

    private static void targets(Plan.Builder plan, ServerDecision server) {
        for (InstanceDecision i : server.instances()) {
            TargetSpec target = i.instance().target();
            Optional<InstanceFacts> facts = i.instance().facts();
            plan.target(new PlanTarget(
                    target.fullName(),
                    server.host().server(),
                    facts.map(InstanceFacts::version).orElse(""),
                    i.isScheduled() ? i.hotfix().orElseThrow().target().toString() : "",
                    i.isScheduled(),
                    i.why(),
                    Params.of("instance", target.instanceName(), "environment", target.environment())
                            .with(
                                    "family",
                                    facts.flatMap(f -> f.build().family())
                                            .map(Family::label)
                                            .orElse(""))
                            .with(
                                    "nodes",
                                    server.host()
                                            .cluster()
                                            .map(ClusterSurvey::describe)
                                            .orElse(""))
                            .with("edition", facts.map(InstanceFacts::edition).orElse(""))
                            .with(
                                    "requiresRestart",
                                    i.hotfix().filter(Hotfix::requiresRestart).isPresent())));
        }
    }

    private void server(ServerDecision server) {
        number++;
        if (server.host().cluster().isPresent()) {
            new ClusterPlan(request, paths, number).of(server).forEach(steps);
            return;
        }
        SiteSteps site = new SiteSteps(request, paths, number, Site.of(server.host()));
        Set<String> instances = new TreeSet<>();
        server.instances().stream()
                .filter(InstanceDecision::isScheduled)
                .forEach(i -> instances.add(i.instance().target().instanceName().toUpperCase(Locale.ROOT)));
        Step begin = site.begin(instances).lock(SiteSteps.SERVERS, 1).build();
        steps.accept(begin);
        StepId last = begin.id();
        for (Step step : site.work(server, last)) {
            steps.accept(step);
            last = step.id();
        }
        for (InstanceDecision i : server.instances()) {
            if (i.isScheduled()) {
                Step check = check(site, i).after(last).build();
                steps.accept(check);
                last = check.id();
            }
        }
        steps.accept(site.end(last));
    }

    /** The look at what came of it. */
    static Step.Builder check(SiteSteps site, InstanceDecision i) {
        Hotfix hotfix = i.hotfix().orElseThrow();
        String target = i.instance().target().name();
        return site.lane(
                        "check-" + SiteSteps.slug(target),
                        HotfixActions.CHECK,
                        i.instance().target().fullName())
                .title("look at the build, the databases and the log of " + target)
                .param("instance", target)
                .param("before", i.instance().facts().orElseThrow().version())
                .param("target", hotfix.target().toString())
                .param("requiresRestart", hotfix.requiresRestart())
                .timeout(SiteSteps.CHECK);
    }
}
