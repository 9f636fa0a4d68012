package io.gds.database.core.internal.plan;

import static io.gds.database.core.internal.plan.StepLine.ANSWER_LOST;

import io.gds.database.plan.Params;
import io.gds.database.plan.Retry;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.spi.BracketScope;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Member;
import io.gds.database.topology.Topology;
import io.gds.database.version.EngineVersion;
import java.time.Duration;

/** Lays one member's turn: out of service, stop, install, start, back in service. */
final class MemberSteps {
    private final StepLine line;
    private final Topology topology;
    private final RollingVerbs verbs;
    /** How many members this plan takes down at the same time. */
    private int together = 1;

    MemberSteps(StepLine line, Topology topology, RollingVerbs verbs) {
        this.line = line;
        this.topology = topology;
        this.verbs = verbs;
    }

    void together(int members) {
        together = members;
    }

    void turn(String m, boolean inPlace) {
        line.ready(m + "-ready", m);
        line.inside(
                verbs.brackets(new BracketScope(BracketScope.Kind.MEMBER, m), topology, line.request()),
                m,
                m + "-",
                () -> down(m, inPlace));
        line.turned(m);
    }

    private void down(String m, boolean inPlace) {
        line.add(line.step(m + "-stop", MemberHandlers.STOP, m, "Stop " + m)
                .params(stop(m, inPlace))
                .lock(line.memberDown(), 1)
                .retry(ANSWER_LOST)
                .opens(line.named("down-" + m)));
        line.add(install(m, m + "-install", "Install " + line.request().target() + " on " + m));
        line.add(line.step(m + "-start", MemberHandlers.START, m, "Start " + m + " and wait until it is back")
                .params(Params.of("member", m, "stableFor", line.request().stableFor()))
                .retry(ANSWER_LOST)
                .closes(line.named("down-" + m)));
    }

    private Params stop(String m, boolean inPlace) {
        Params base =
                Params.of("member", m, "mayBeDown", together).with("overrides", VerbHandler.overrides(line.request()));
        Params back = topology.member(m)
                .flatMap(Member::version)
                .map(v -> base.with(MemberHandlers.FORMER, v.toString()))
                .orElse(base);
        return inPlace ? back.with("inPlace", true) : back;
    }

    void download(String m) {
        line.add(line.step(m + "-download", MemberHandlers.DOWNLOAD, m, "Fetch " + target() + " on " + m)
                .params(Params.of("member", m, "version", target().toString()))
                .retry(ANSWER_LOST));
    }

    Step.Builder install(String m, String id, String title) {
        StepId install = line.id(id);
        Params details = verbs.details(m, target());
        // The way back needs the very packages that brought it there, whatever lies in their place by then.
        Params known = details.isEmpty() ? Params.of("member", m) : Params.of("member", m, "details", details);
        return line.step(id, MemberHandlers.INSTALL, m, title)
                .params(known.with("version", target().toString()))
                .retry(new Retry(2, Duration.ofSeconds(1)))
                .undo(MemberHandlers.INSTALL, known.with("version", Params.ref(install, "from")));
    }

    private EngineVersion target() {
        return line.request().target();
    }
}
