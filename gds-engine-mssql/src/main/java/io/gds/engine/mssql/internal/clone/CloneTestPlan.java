package io.gds.engine.mssql.internal.clone;

import io.gds.database.gate.Gates;
import io.gds.database.plan.ClusterRef;
import io.gds.database.plan.Gate;
import io.gds.database.plan.OnFailure;
import io.gds.database.plan.Params;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Retry;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.engine.mssql.CloneTestRequest;
import io.gds.engine.mssql.SmokeQuery;
import java.time.Duration;
import java.util.List;

/**
 * Lays the steps: around all of them a bracket that drops the copies and removes the backups, whatever happens; inside of it each
 * database is backed up and restored, the update is installed, and what came of it is looked at.
 */
final class CloneTestPlan {
    static final String KIND = "mssql-clone-test";

    private static final String GATE = "clones-seen";
    private static final String BRACKET = "copies";
    private static final StepId OPEN = StepId.of("clone-open");
    private static final Duration SHORT = Duration.ofMinutes(15);
    private static final Duration CLEANING = Duration.ofHours(1);
    /** A connection may be cut; what was done in part is made anew. */
    private static final Retry RETRY = new Retry(3, Duration.ofSeconds(5));

    private final CloneTestRequest request;
    private final CloneScope scope;
    private final String lane;
    private final Plan.Builder plan;
    private StepId last = OPEN;

    private CloneTestPlan(CloneTestRequest request, CloneScope scope, String lane, Plan.Builder plan) {
        this.request = request;
        this.scope = scope;
        this.lane = lane;
        this.plan = plan;
    }

    /**
     * Starts a plan.
     *
     * @param sandbox the server that the copies are on
     * @param setup the steps that install something there; none when nothing is installed
     */
    static Plan.Builder of(
            ClusterRef reference,
            String fingerprint,
            CloneTestRequest request,
            CloneScope scope,
            String sandbox,
            List<Step> setup) {
        Plan.Builder plan = Plan.of(
                        KIND,
                        "Clone test of " + scope.databases().size() + " databases of " + scope.source() + " on "
                                + sandbox,
                        reference,
                        fingerprint)
                .rollbackOnFailure(
                        request.hotfixes().filter(h -> h.removesOnFailure()).isPresent());
        CloneTestPlan laying = new CloneTestPlan(request, scope, sandbox, plan);
        laying.begin();
        laying.copies();
        laying.setup(setup);
        laying.checks();
        laying.queries();
        laying.end();
        return plan;
    }

    private void begin() {
        plan.step(Step.of(OPEN.value(), CloneActions.OPEN, lane)
                .title("look that " + lane + " is apart from production")
                .params(scope.document())
                .lane(lane)
                .opens(BRACKET)
                .timeout(SHORT)
                .build());
    }

    private void add(Step.Builder step) {
        Step built = step.lane(lane).after(last).build();
        plan.step(built);
        last = built.id();
    }

    private Params about(int number) {
        return Params.of(
                CloneStep.SOURCE,
                scope.source(),
                CloneStep.DATABASE,
                scope.databases().get(number - 1),
                CloneStep.NUMBER,
                number);
    }

    private void copies() {
        for (int n = 1; n <= scope.databases().size(); n++) {
            String name = scope.databases().get(n - 1);
            add(Step.of("clone-backup-" + n, CloneActions.BACKUP, scope.source())
                    .title("back up " + name + " on " + scope.source())
                    .params(about(n))
                    .retry(RETRY)
                    .timeout(request.copyTimeout()));
            add(Step.of("clone-restore-" + n, CloneActions.RESTORE, lane)
                    .title("restore " + name + " on " + lane)
                    .params(about(n))
                    .retry(RETRY)
                    .timeout(request.copyTimeout()));
        }
    }

    /** There are no other lanes that could go on: what stops the sandbox stops the run. */
    private void setup(List<Step> setup) {
        StepId before = last;
        for (Step step : setup) {
            Step.Builder changed = step.toBuilder().lane(lane);
            if (step.onFailure() == OnFailure.STOP_LANE) {
                changed.onFailure(OnFailure.STOP_RUN);
            }
            if (step.after().isEmpty()) {
                changed.after(before);
            }
            plan.step(changed.build());
            last = step.id();
        }
    }

    private void checks() {
        for (int n = 1; n <= scope.databases().size(); n++) {
            add(Step.of("clone-check-" + n, CloneActions.CHECK, lane)
                    .title("check the copy of " + scope.databases().get(n - 1))
                    .params(about(n))
                    .retry(RETRY)
                    .timeout(request.copyTimeout()));
        }
    }

    private void queries() {
        int number = 0;
        for (SmokeQuery query : request.smokeQueries()) {
            number++;
            int database = CloneTestProcedure.database(query, scope.databases());
            if (database > 0) {
                add(Step.of("clone-query-" + number, CloneActions.QUERY, lane)
                        .title("ask the copy of " + scope.databases().get(database - 1) + ": " + query.name())
                        .params(about(database)
                                .with(QueryHandler.NAME, query.name())
                                .with(QueryHandler.SQL, query.sql())
                                .with(QueryHandler.TIMEOUT, request.queryTimeout()))
                        .retry(RETRY)
                        .timeout(request.queryTimeout().plus(SHORT)));
            }
        }
    }

    private void end() {
        Step.Builder close = Step.of("clone-close", CloneActions.CLOSE, lane)
                .title("drop the copies and remove the backups")
                .param(CloneStep.SOURCE, scope.source())
                .closes(BRACKET)
                .retry(RETRY)
                .timeout(CLEANING);
        add(request.waitsBeforeDrop() ? close.gate(new Gate(GATE, Gates.approval())) : close);
    }
}
