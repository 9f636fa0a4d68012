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
    private static final String CLUSTER = "cluster";
    private static final String MEMBER_DOWN = "member-down";

    static final String CHOOSE = "choose-candidate";

    /** An answer may be lost while the effect happens, and such an effect is only found unfinished; it is called again. */
    static final Retry ANSWER_LOST = new Retry(3, Duration.ofSeconds(1));

    private final Plan.Builder plan;
    private final PatchRequest request;
    private final String primary;
    /** Before the ids of all steps, brackets and gates: a plan may lay the same turns more than once. */
    private final String stage;
    /** What this line is about when that is not the whole cluster. */
    private final String part;

    private Set<StepId> last = Set.of();
    /** Whose turn was laid last, and so comes next on the way back. */
    private String turned = "";

    private @Nullable Condition when;
    private @Nullable StepId onlyBack;

    StepLine(Plan.Builder plan, PatchRequest request, String primary) {
        this(plan, request, primary, "", "");
    }

    private StepLine(Plan.Builder plan, PatchRequest request, String primary, String stage, String part) {
        this.plan = plan;
        this.request = request;
        this.primary = primary;
        this.stage = stage;
        this.part = part;
    }

    /** A line that goes on behind this one, by another request, with another primary. */
    StepLine next(String name, PatchRequest wish, String leads) {
        StepLine line = new StepLine(plan, wish, leads, name + "-", part);
        line.last = last;
        return line;
    }

    /** A line of its own for a part of the cluster, behind what is there now; {@link #join} goes on behind it. */
    StepLine fork(String name, String leads) {
        StepLine line = new StepLine(plan, request, leads, stage + name + "-", name);
        line.last = last;
        return line;
    }

    /** Goes on behind the ends of all these lines. */
    void join(List<StepLine> forks) {
        Set<StepId> ends = new LinkedHashSet<>();
        forks.forEach(f -> ends.addAll(f.last));
        last = ends;
        turned = "";
    }

    /** What steps work on that belong to no member: the cluster, or the part of it. */
    String whole() {
        return part.isEmpty() ? CLUSTER : part;
    }

    /** The lock that counts how many members are down. */
    String memberDown() {
        return part.isEmpty() ? MEMBER_DOWN : MEMBER_DOWN + "-" + part;
    }

    /** The name of something that must be unique in the plan. */
    String named(String name) {
        return stage + name;
    }

    /** The id of a step of this line. Names of members may hold what an id cannot: dots of hosts, backslashes of instances. */
    StepId id(String name) {
        return StepId.of(named(name).replaceAll("[^A-Za-z0-9:_-]", "-"));
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
        return step(id, action, whole(), title);
    }

    Step.Builder step(String id, String action, String target, String title) {
        return Step.of(id(id).value(), action, target).title(title).timeout(request.memberTimeout());
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
            turned = "";
            part.run();
            ends.addAll(last);
        }
        last = ends;
        turned = "";
    }

    /** Says whose turn was laid; nobody's when something else lies behind it. */
    void turned(String member) {
        turned = member;
    }

    /** On the way there it is about its target, on the way back about whoever has his turn then. */
    void ready(String id, String target) {
        add(step(id, ClusterHandlers.READY, target, "Make sure that the primary serves")
                .undo(
                        ClusterHandlers.READY,
                        turned.isEmpty() ? Params.empty() : Params.of(VerbHandler.MEMBER, turned)));
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
                .bracket(new BracketEnd(named(prefix + b.name()), BracketEnd.Side.OPENS, b.urgency())));
    }

    private void close(BracketDraft b, String target, String prefix) {
        add(step(prefix + b.name() + "-close", b.close().toString(), target, "Restore: " + b.title())
                .params(placed(b.closeParams()))
                .retry(new Retry(3, Duration.ofMillis(500)))
                .bracket(new BracketEnd(named(prefix + b.name()), BracketEnd.Side.CLOSES, b.urgency())));
    }

    /** Engines write {@code ${from}} and {@code ${to}}: they do not know the step that chooses. */
    private Params placed(Params p) {
        Params out = p;
        for (String key : List.of("from", "to")) {
            Optional<String> v = p.has(key) ? p.optionalString(key) : Optional.empty();
            if (v.filter("${from}"::equals).isPresent()) {
                out = out.with(key, primary);
            } else if (v.filter("${to}"::equals).isPresent()) {
                out = out.with(key, Params.ref(id(CHOOSE), "candidate"));
            }
        }
        return out;
    }
}
