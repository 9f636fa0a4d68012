package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.OnFailure;
import io.gds.database.plan.Params;
import io.gds.database.plan.Retry;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.engine.mssql.HotfixRequest;
import io.gds.engine.mssql.RestartPolicy;
import io.gds.engine.mssql.internal.mapping.Hotfix;
import io.gds.engine.mssql.internal.mapping.InstallerFile;
import io.gds.engine.mssql.internal.windows.PackageFacts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Makes the steps of one host: the bracket that marks and checks it, the packages in their order, a restart where it is allowed.
 *
 * @param request the wish
 * @param paths where packages lie
 * @param number tells servers apart whose names are alike but for characters that an id cannot have
 * @param site the host
 */
record SiteSteps(HotfixRequest request, PackagePaths paths, int number, Site site) {
    /** One permit of it is held for as long as a server is worked on. */
    static final String SERVERS = "servers";

    static final Duration CHECK = Duration.ofMinutes(15);
    private static final Duration RESTART = Duration.ofMinutes(30);
    /** A host that does not answer any more holds the end of the run up for so long, and no longer. */
    private static final Duration END = Duration.ofMinutes(2);

    private static final int PASSES = 5;
    /** A connection may break before anything is done; what was proven not done is begun again. */
    static final Retry ANSWER_LOST = new Retry(3, Duration.ofSeconds(1));

    StepId id(String what) {
        return StepId.of("s" + number + ":" + slug(site.server()) + ":"
                + (site.tag().isEmpty() ? "" : slug(site.tag()) + ":") + what);
    }

    /** Characters that an id cannot have are dashes. */
    static String slug(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "-");
    }

    Step.Builder lane(String what, String action, String target) {
        return Step.of(id(what).value(), action, target)
                .lane(site.server())
                .param("server", site.host().server())
                .retry(ANSWER_LOST)
                .onFailure(OnFailure.STOP_LANE);
    }

    /** Who wants short steps does not wait longer for a host that has fallen silent. */
    Duration atMost(Duration usual) {
        return usual.compareTo(request.stepTimeout()) < 0 ? usual : request.stepTimeout();
    }

    private String bracket() {
        return "work:" + number + (site.tag().isEmpty() ? "" : ":" + slug(site.tag()));
    }

    /** Opens the bracket. The permit of a server is asked for by one of its hosts. */
    Step.Builder begin(Set<String> instances) {
        return lane("begin", HotfixActions.BEGIN, site.server())
                .title("mark " + site.title() + " as worked on, when nothing speaks against it")
                .param("instances", List.copyOf(instances))
                .param("largestPackage", site.largestPackage())
                .param("restartAllowed", request.restart() == RestartPolicy.RESTART)
                .opens(bracket())
                .timeout(atMost(CHECK));
    }

    /** Closes the bracket. */
    Step end(StepId after) {
        return lane("end", HotfixActions.END, site.server())
                .title("take our jobs and our mark from " + site.title())
                .closes(bracket())
                .after(after)
                .timeout(atMost(END))
                .build();
    }

    /** The packages of a server, one after the other, with the restarts around them. */
    List<Step> work(ServerDecision server, StepId after) {
        List<Step> steps = new ArrayList<>();
        StepId last = after;
        if (request.restart() == RestartPolicy.RESTART) {
            steps.add(restart("restart-before", last));
            last = steps.get(0).id();
        }
        int order = 0;
        for (Hotfix hotfix : server.hotfixes()) {
            for (InstallerFile file : hotfix.files()) {
                order++;
                Step step = install(server, hotfix, file, order, last);
                steps.add(step);
                last = step.id();
            }
        }
        if (request.restart() == RestartPolicy.RESTART) {
            steps.add(restart("restart-after", last));
        }
        return steps;
    }

    private Step install(ServerDecision server, Hotfix hotfix, InstallerFile file, int order, StepId after) {
        String path = paths.of(file).orElseThrow();
        PackageFacts facts = site.host().packages().get(path);
        if (facts == null) {
            throw new IllegalStateException(
                    "nobody looked at " + path + " on " + site.host().server());
        }
        List<String> targets = server.of(hotfix).stream()
                .map(i -> i.instance().target().name())
                .toList();
        Params params = Params.of(
                        "server",
                        site.host().server(),
                        "family",
                        hotfix.family().label())
                .with("path", facts.file())
                .with("sha256", facts.sha256())
                .with("order", order)
                .with("required", file.required())
                .with("targets", targets)
                .with("target", hotfix.target().toString())
                .with(site.more());
        return lane("install-" + order, HotfixActions.INSTALL, site.server())
                .title("install " + file.filename() + " on " + site.title() + (file.required() ? "" : " (optional)"))
                .params(params.with("arguments", file.arguments().words()))
                .undo(
                        HotfixActions.REMOVE,
                        params.with("arguments", file.arguments().removal().words()))
                .onFailure(file.required() ? OnFailure.STOP_LANE : OnFailure.CONTINUE)
                .after(after)
                .maxPasses(PASSES)
                .timeout(request.stepTimeout())
                .build();
    }

    private Step restart(String what, StepId after) {
        return lane(what, HotfixActions.RESTART, site.server())
                .params(Params.of("server", site.host().server()).with(site.more()))
                .title("restart " + site.title() + " if Windows waits for it")
                .after(after)
                .timeout(RESTART)
                .build();
    }
}
