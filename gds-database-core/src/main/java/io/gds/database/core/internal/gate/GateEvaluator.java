package io.gds.database.core.internal.gate;

import io.gds.database.DatabaseEngine;
import io.gds.database.gate.Approval;
import io.gds.database.gate.GateCheck;
import io.gds.database.plan.Finding;
import io.gds.database.plan.GateRule;
import io.gds.database.run.Blocked;
import io.gds.database.spi.RollingVerbs;
import io.gds.database.topology.Link;
import io.gds.database.topology.Member;
import io.gds.database.topology.MemberRole;
import io.gds.database.topology.Topology;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says whether a gate is open, and if not, what is missing and when to look again. */
public final class GateEvaluator {
    /** How long to wait for people before looking again without being told. */
    private static final Duration PEOPLE = Duration.ofHours(1);

    private static final Duration POLL = Duration.ofSeconds(1);

    /** What a gate has behind it. */
    public record Standing(Instant reachedAt, List<Approval> approvals, @Nullable Instant healthySince) {
        /** Copies. */
        public Standing {
            approvals = List.copyOf(approvals);
        }
    }

    /** An answer. */
    public record Answer(
            boolean open, boolean expired, String reason, Duration lookAgain, @Nullable Instant healthySince) {
        static Answer open(String reason, @Nullable Instant healthySince) {
            return new Answer(true, false, reason, POLL, healthySince);
        }

        static Answer closed(String reason, Duration again, @Nullable Instant healthySince) {
            return new Answer(false, false, reason, again, healthySince);
        }

        /** The wait, for a closed gate. */
        public Blocked blocked(GateRule rule) {
            return new Blocked(reason, rule.describe(), "approval of the gate, or time", lookAgain);
        }
    }

    private final DatabaseEngine engine;
    private final Map<String, GateCheck> checks;
    private final Standing standing;
    private final Instant now;

    /** An evaluation at an instant. */
    public GateEvaluator(DatabaseEngine engine, Map<String, GateCheck> checks, Standing standing, Instant now) {
        this.engine = engine;
        this.checks = Map.copyOf(checks);
        this.standing = standing;
        this.now = now;
    }

    /** Evaluates a rule; may ask the engine and so may block. What throws keeps the gate closed. */
    public Answer evaluate(GateRule rule) {
        try {
            return answer(rule);
        } catch (RuntimeException e) {
            return Answer.closed("the gate could not be evaluated: " + e.getMessage(), POLL, null);
        }
    }

    private Answer answer(GateRule rule) {
        if (rule instanceof GateRule.Approval a) {
            return approval(a);
        } else if (rule instanceof GateRule.Elapsed e) {
            Duration left = Duration.between(now, standing.reachedAt().plus(e.time()));
            return left.isNegative() || left.isZero()
                    ? Answer.open(e.time() + " elapsed", standing.healthySince())
                    : Answer.closed(left + " left of " + e.time(), left, standing.healthySince());
        } else if (rule instanceof GateRule.Healthy h) {
            return healthy(h);
        } else if (rule instanceof GateRule.LagAtMost l) {
            return lag(l);
        } else if (rule instanceof GateRule.HostCheck c) {
            return hostCheck(c);
        } else if (rule instanceof GateRule.AllOf all) {
            return combined(all.rules(), true);
        }
        return combined(((GateRule.AnyOf) rule).rules(), false);
    }

    private Answer approval(GateRule.Approval a) {
        long have = standing.approvals().stream().map(Approval::by).distinct().count();
        String who = standing.approvals().stream().map(Approval::by).collect(Collectors.joining(", "));
        if (have >= a.needed()) {
            return Answer.open("approved by " + who, standing.healthySince());
        }
        if (!a.deadline().isZero() && !now.isBefore(standing.reachedAt().plus(a.deadline()))) {
            return new Answer(false, true, "not approved within " + a.deadline(), POLL, standing.healthySince());
        }
        Duration untilDeadline = a.deadline().isZero()
                ? PEOPLE
                : Duration.between(now, standing.reachedAt().plus(a.deadline()));
        Duration again = untilDeadline.compareTo(PEOPLE) < 0 ? untilDeadline : PEOPLE;
        return Answer.closed(
                have + " of " + a.needed() + " approvals" + (who.isEmpty() ? "" : " (" + who + ")"),
                again,
                standing.healthySince());
    }

    private Answer healthy(GateRule.Healthy h) {
        List<Finding> findings =
                engine.facet(RollingVerbs.class).map(RollingVerbs::health).orElse(List.of());
        Optional<Finding> bad = findings.stream()
                .filter(f -> f.severity() == Finding.Severity.BLOCK)
                .findFirst();
        if (bad.isPresent()) {
            return Answer.closed(bad.get().toString(), POLL, null);
        }
        Instant since = standing.healthySince() == null ? now : standing.healthySince();
        Duration left = Duration.between(now, since.plus(h.stableFor()));
        return left.isNegative() || left.isZero()
                ? Answer.open("healthy since " + since, since)
                : Answer.closed("healthy since " + since, left.compareTo(POLL) < 0 ? left : POLL, since);
    }

    private Answer lag(GateRule.LagAtMost l) {
        Topology t = engine.topology();
        for (Member m : t.members()) {
            if (m.role() == MemberRole.PRIMARY) {
                continue;
            }
            Optional<Long> lag = t.linkTo(m.name()).flatMap(Link::lag).map(x -> x.amount());
            if (lag.isEmpty() || lag.get() > l.amount()) {
                return Answer.closed(
                        m.name() + " has " + lag.map(x -> "lag " + x).orElse("unknown lag"),
                        POLL,
                        standing.healthySince());
            }
        }
        return Answer.open("lag at most " + l.amount(), standing.healthySince());
    }

    private Answer hostCheck(GateRule.HostCheck c) {
        GateCheck check = checks.get(c.check());
        if (check == null) {
            return Answer.closed(
                    "this process has no check \"" + c.check() + "\"; register it with the patcher",
                    POLL,
                    standing.healthySince());
        }
        return switch (check.evaluate(engine.topology())) {
            case OPEN -> Answer.open("check " + c.check() + " is open", standing.healthySince());
            case CLOSED -> Answer.closed("check " + c.check() + " is closed", POLL, standing.healthySince());
            // nobody can tell: a person decides by approving the gate under its name
            case INCONCLUSIVE ->
                approval(new GateRule.Approval(1, Duration.ZERO, "check " + c.check() + " is inconclusive"));
        };
    }

    private Answer combined(List<GateRule> rules, boolean all) {
        List<Answer> answers = rules.stream().map(this::evaluate).toList();
        Instant since = answers.stream()
                .map(Answer::healthySince)
                .filter(java.util.Objects::nonNull)
                .findFirst()
                .orElse(standing.healthySince());
        String reason = answers.stream()
                .filter(a -> all ? !a.open() : a.open())
                .map(Answer::reason)
                .collect(Collectors.joining(" and "));
        boolean open =
                all ? answers.stream().allMatch(Answer::open) : answers.stream().anyMatch(Answer::open);
        if (open) {
            return Answer.open(all ? "all conditions hold" : reason, since);
        }
        boolean expired = all
                ? answers.stream().anyMatch(Answer::expired)
                : answers.stream().allMatch(Answer::expired);
        Duration again = answers.stream()
                .filter(a -> !a.open() && !a.expired())
                .map(Answer::lookAgain)
                .min(Duration::compareTo)
                .orElse(POLL);
        String missing = answers.stream()
                .filter(a -> !a.open())
                .map(Answer::reason)
                .collect(Collectors.joining(all ? " and " : " or "));
        return new Answer(false, expired, missing, again, since);
    }
}
