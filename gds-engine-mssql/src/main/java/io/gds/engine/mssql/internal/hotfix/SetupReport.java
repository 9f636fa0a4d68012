package io.gds.engine.mssql.internal.hotfix;

import io.gds.database.plan.Params;
import io.gds.database.spi.Verdict;
import io.gds.database.version.EngineVersion;
import io.gds.engine.mssql.internal.MssqlEngine;
import io.gds.engine.mssql.internal.windows.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the setups of one step left to tell on their host, as long as their jobs are there. */
final class SetupReport {
    private final MssqlEngine engine;
    private final String server;
    private final SetupWork work;

    SetupReport(MssqlEngine engine, String server, SetupWork work) {
        this.engine = engine;
        this.server = server;
        this.work = work;
    }

    /** All installers that ran, with what the last one ended with; empty when a plan named none, or none had to run. */
    Params facts(EngineVersion reached) {
        Optional<PackageLine> line = work.details().map(PackageLine::fromDocument);
        List<String> ran = new ArrayList<>();
        Params last = Params.empty();
        for (Params each : line.map(PackageLine::packages).orElse(List.of())) {
            Optional<JobState> state = lastOf(each);
            if (state.isPresent()) {
                ran.add(each.string("path"));
                last = ended(line.orElseThrow(), state.get());
            }
        }
        return ran.isEmpty() ? last : last.with("path", String.join("; ", ran)).with("postBuild", reached.toString());
    }

    private Optional<JobState> lastOf(Params each) {
        Optional<JobState> last = Optional.empty();
        for (int attempt = 1; attempt <= MemberPackages.MOST_TRIES; attempt++) {
            JobState state = engine.jobs(server).state(work.key(SetupGoal.INSTALLED, each.integer("order"), attempt));
            if (state.stage() == JobState.Stage.ABSENT) {
                break;
            }
            last = Optional.of(state);
        }
        return last;
    }

    /** The goal is reached, as somebody else has proven; what is left is what setup said of it. */
    private Params ended(PackageLine line, JobState state) {
        Verdict verdict = new Outcome(engine.host(server), server, line.family(), now -> true, state).verdict(List::of);
        return verdict instanceof Verdict.Holds holds ? holds.facts() : Params.empty();
    }
}
