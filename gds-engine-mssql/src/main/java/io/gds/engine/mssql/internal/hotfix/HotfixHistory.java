package io.gds.engine.mssql.internal.hotfix;

import static io.gds.database.spi.HistoryColumn.fact;
import static io.gds.database.spi.HistoryColumn.field;
import static io.gds.database.spi.HistoryColumn.param;
import static io.gds.database.spi.HistoryColumn.paramOrFact;

import io.gds.database.plan.ActionId;
import io.gds.database.spi.HistoryView;
import io.gds.database.spi.HistoryView.Rows;
import java.util.List;
import java.util.Set;

/** What deployments of hotfixes are called in the history. */
public final class HotfixHistory {
    /** Patches of groups are deployments, too: of one member after the other. */
    private static final Set<String> KINDS = Set.of(HotfixPlan.KIND, "rolling-patch");

    private static final Set<String> INSTALLATIONS =
            Set.of(ActionId.of(HotfixActions.INSTALL).name(), "member.install");

    private HotfixHistory() {}

    /** {@code hotfix_runs}, {@code hotfix_targets} and {@code hotfix_steps}. */
    public static List<HistoryView> views() {
        return List.of(
                new HistoryView(
                        "hotfix_runs",
                        Rows.RUNS,
                        KINDS,
                        Set.of(),
                        List.of(
                                field("cluster"),
                                field("title"),
                                field("status"),
                                field("started", "created_at"),
                                field("completed", "finished_at"))),
                new HistoryView(
                        "hotfix_targets",
                        Rows.TARGETS,
                        KINDS,
                        Set.of(),
                        List.of(
                                field("run_started", "created_at"),
                                field("server"),
                                field("target", "name"),
                                param("instance", "instance"),
                                param("environment", "environment"),
                                param("family", "family"),
                                param("edition", "edition"),
                                field("pre_build", "build_before"),
                                fact("post_build", "postBuild"),
                                field("target_build", "build_target"),
                                field("status"),
                                fact("requires_restart", "requiresRestart"),
                                field("started", "started_at"),
                                field("completed", "completed_at"),
                                field("error"),
                                field("note"))),
                new HistoryView(
                        "hotfix_steps",
                        Rows.STEPS,
                        KINDS,
                        INSTALLATIONS,
                        List.of(
                                field("server"),
                                param("order", "order"),
                                paramOrFact("installer", "path"),
                                field("status"),
                                field("started", "started_at"),
                                field("completed", "completed_at"),
                                fact("exit_code", "exitCode"),
                                fact("meaning", "meaning"),
                                fact("output", "output"),
                                fact("summary", "summary"),
                                field("error"))));
    }
}
