package io.gds.database.core.internal.plan;

import io.gds.database.plan.BracketEnd;
import io.gds.database.plan.Condition;
import io.gds.database.plan.Params;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Plan;
import io.gds.database.plan.Retry;
import io.gds.database.plan.Step;
import io.gds.database.plan.StepId;
import io.gds.database.spi.BracketDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Lays steps one behind the other, or side by side. Confined to the drafting of one plan. */
final class StepLine {
    static final String CLUSTER = "cluster";
    static final StepId CHOOSE = StepId.of("choose-candidate");

    /** An answer may be lost while the effect happens, and such an effect is only found unfinished; it is called again. */
    static final Retry ANSWER_LOST = new Retry(3, Duration.ofSeconds(1));

    private final Plan.Builder plan;
    private final PatchRequest request;
    private final String primary;
    private Set<StepId> last = Set.of();
    private @Nullable Condition when;
    private @Nullable StepId onlyBack;

    StepLine(Plan.Builder plan, PatchRequest request, String primary) {
        this.plan = plan;
        this.request = request;
        this.primary = primary;
    }

    PatchRequest request() {
        return request;
    }

    String primary() {
        return primary;
    }

    Plan.Builder plan() {
        return plan;
    }

    Step.Builder cluster(String id, String action, String title) {
        return step(id, action, CLUSTER, title);
    }

    Step.Builder step(String id, String action, String target, String title) {
        return Step.of(id, action, target).title(title).timeout(request.memberTimeout());
    }

    void add(Step.Builder step) {
        last.forEach(step::after);
        if (when != null) {
            step.when(when);
        }
        if (onlyBack != null) {
            step.onlyBack(onlyBack);
        }
        Step built = step.build();
        plan.step(built);
        last = Set.of(built.id());
    }

    /** What is laid inside takes part only when the choice was made so. */
    void only(Condition choice, Runnable inside) {
        when = choice;
        inside.run();
        when = null;
    }

    /** What is laid inside is for the way back of a step that comes later. */
    void onlyBack(StepId of, Runnable inside) {
        onlyBack = of;
        inside.run();
        onlyBack = null;
    }

    /** Lays each part behind what is there now, and what follows behind all of them. */
    void sideBySide(List<Runnable> parts) {
        if (parts.isEmpty()) {
            return;
        }
        Set<StepId> before = last;
        Set<StepId> ends = new LinkedHashSet<>();
        for (Runnable part : parts) {
            last = before;
            part.run();
            ends.addAll(last);
        }
        last = ends;
    }

    void ready(String id, String target) {
        add(step(id, ClusterHandlers.READY, target, "Make sure that the primary serves")
                .undo(ClusterHandlers.READY, Params.empty()));
    }

    /** Lays brackets around what is inside, the last one innermost. */
    void inside(List<BracketDraft> around, String target, String prefix, Runnable inside) {
        around.forEach(b -> open(b, target, prefix));
        inside.run();
        List<BracketDraft> reversed = new ArrayList<>(around);
        Collections.reverse(reversed);
        reversed.forEach(b -> close(b, target, prefix));
    }

    private void open(BracketDraft b, String target, String prefix) {
        add(step(prefix + b.name() + "-open", b.open().toString(), target, b.title())
                .params(placed(b.openParams()))
                .retry(new Retry(2, Duration.ofMillis(500)))
                .bracket(new BracketEnd(prefix + b.name(), BracketEnd.Side.OPENS, b.urgency())));
    }

    private void close(BracketDraft b, String target, String prefix) {
        add(step(prefix + b.name() + "-close", b.close().toString(), target, "Restore: " + b.title())
                .params(placed(b.closeParams()))
                .retry(new Retry(3, Duration.ofMillis(500)))
                .bracket(new BracketEnd(prefix + b.name(), BracketEnd.Side.CLOSES, b.urgency())));
    }

    /** Engines write {@code ${from}} and {@code ${to}}: they do not know the step that chooses. */
    private Params placed(Params p) {
        Params out = p;
        for (String key : List.of("from", "to")) {
            Optional<String> v = p.has(key) ? p.optionalString(key) : Optional.empty();
            if (v.filter("${from}"::equals).isPresent()) {
                out = out.with(key, primary);
            } else if (v.filter("${to}"::equals).isPresent()) {
                out = out.with(key, Params.ref(CHOOSE, "candidate"));
            }
        }
        return out;
    }
}
