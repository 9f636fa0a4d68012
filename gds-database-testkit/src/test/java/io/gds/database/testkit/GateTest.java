package io.gds.database.testkit;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gds.database.error.GdsDatabaseException;
import io.gds.database.gate.Approval;
import io.gds.database.gate.GateCheck;
import io.gds.database.gate.Gates;
import io.gds.database.plan.GateRule;
import io.gds.database.plan.PatchRequest;
import io.gds.database.plan.Strategy;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunOutcome;
import io.gds.database.run.RunStatus;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GateTest {
    private static final String GATE = "after-canary";

    private static PatchRequest behind(GateRule rule) {
        return Stories.to11().strategy(Strategy.canary(1).gate(rule));
    }

    private static void waits(RunOutcome outcome) {
        assertThat(outcome.status()).as(outcome.summary()).isEqualTo(RunStatus.WAITING);
    }

    private static void succeeds(Bench bench, RunOutcome outcome) {
        assertThat(outcome.status()).as(outcome.summary()).isEqualTo(RunStatus.SUCCEEDED);
        bench.check();
    }

    @Test
    void approvalsOfTwoDifferentPeopleOpenAGateForTwo() {
        try (Bench b = new Bench(3)) {
            waits(b.execute(behind(Gates.approvals(2, ZERO, "look at it"))));
            b.patcher().approve(b.run(), GATE, Approval.by("kim"));
            b.patcher().approve(b.run(), GATE, Approval.by("kim"));
            waits(b.resume());
            b.patcher().approve(b.run(), GATE, Approval.by("lee"));
            succeeds(b, b.resume());
            assertThat(b.events(RunEvent.Type.GATE_APPROVED)).hasSize(3);
        }
    }

    @Test
    void anExpiredGateStopsTheRunAndTakesItBack() {
        try (Bench b = new Bench(3)) {
            waits(b.execute(behind(Gates.approvals(1, ofHours(2), "in time"))));
            RunOutcome outcome = b.resumeAfter(ofHours(3));
            assertThat(outcome.status()).isEqualTo(RunStatus.ROLLED_BACK);
            assertThat(outcome.summary()).contains("GDS-GATE-EXPIRED");
            b.check();
        }
    }

    @Test
    void approvalIsRefusedForAnotherPlanForAGateNotReachedAndForNoGate() {
        try (Bench b = new Bench(3)) {
            waits(b.execute(behind(Gates.approval())));
            assertThatThrownBy(() -> b.patcher()
                            .runs()
                            .find(b.run())
                            .orElseThrow()
                            .approve(GATE, Scenario.kim(), "another hash"))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-APPROVAL-STALE"));
            assertThatThrownBy(() -> b.patcher().approve(b.run(), "no-such-gate", Scenario.kim()))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-GATE"));
            b.patcher().approve(b.run(), GATE, Scenario.kim());
            succeeds(b, b.resume());
            assertThatThrownBy(() -> b.patcher().approve(b.run(), GATE, Scenario.kim()))
                    .isInstanceOfSatisfying(GdsDatabaseException.class, e -> assertThat(e.code())
                            .isEqualTo("GDS-GATE"));
        }
    }

    @Test
    void aTimerOpensWhenItsTimeIsOverAndNotBefore() {
        try (Bench b = new Bench(3)) {
            RunOutcome.Waiting w = (RunOutcome.Waiting) b.execute(behind(Gates.elapsed(ofHours(12))));
            assertThat(w.until()).isAfter(b.clock.instant().plus(ofHours(11)));
            waits(b.resumeAfter(ofHours(11)));
            succeeds(b, b.resumeAfter(ofHours(1)));
        }
    }

    @Test
    void approvalOrTwelveHoursOpensByTimeWithoutAPerson() {
        try (Bench b = new Bench(3)) {
            waits(b.execute(behind(Gates.anyOf(Gates.approval(), Gates.elapsed(ofHours(12))))));
            succeeds(b, b.resumeAfter(ofHours(12).plus(ofSeconds(1))));
        }
    }

    @Test
    void approvalOrTwelveHoursOpensByAPersonWithoutTime() {
        try (Bench b = new Bench(3)) {
            waits(b.execute(behind(Gates.anyOf(Gates.approval(), Gates.elapsed(ofHours(12))))));
            b.patcher().approve(b.run(), GATE, Scenario.kim());
            succeeds(b, b.resume());
        }
    }

    @Test
    void allOfNeedsAll() {
        try (Bench b = new Bench(3)) {
            waits(b.execute(behind(Gates.allOf(Gates.approval(), Gates.elapsed(ofHours(1))))));
            b.patcher().approve(b.run(), GATE, Scenario.kim());
            waits(b.resume());
            succeeds(b, b.resumeAfter(ofHours(1)));
        }
    }

    @Test
    void aHealthGateStartsAnewWhenHealthBreaks() {
        try (Bench b = new Bench(3)) {
            waits(b.execute(behind(Gates.allOf(Gates.healthy(ofMinutes(5)), Gates.elapsed(ofHours(1))))));
            b.cluster.kill("n3");
            waits(b.resumeAfter(ofHours(1)));
            b.cluster.restart("n3");
            b.clock.advance(ofSeconds(10));
            RunOutcome outcome = b.resume();
            for (int i = 0; i < 30 && outcome.status() == RunStatus.WAITING; i++) {
                outcome = b.resumeAfter(ofSeconds(30));
            }
            succeeds(b, outcome);
            assertThat(b.events(RunEvent.Type.GATE_OPENED)).hasSize(1);
        }
    }

    @Test
    void aLagGateStaysClosedWhileLagIsUnknown() {
        try (Bench b = new Bench(3)) {
            b.cluster.observe(e -> {
                if (e.what().equals("SET n2/cordoned default")) {
                    b.cluster.kill("n3");
                }
            });
            RunOutcome outcome = b.execute(behind(Gates.lagAtMost(10)));
            waits(outcome);
            assertThat(outcome.summary()).contains("n3 has unknown lag");
            b.cluster.restart("n3");
            b.clock.advance(ofSeconds(10));
            succeeds(b, b.resumeAfter(ofMinutes(1)));
        }
    }

    @Test
    void aHostCheckThatThrowsKeepsTheGateClosedAndSaysWhy() {
        AtomicReference<Boolean> broken = new AtomicReference<>(true);
        GateCheck check = topology -> {
            if (broken.get()) {
                throw new IllegalStateException("monitoring is down");
            }
            return GateCheck.Answer.OPEN;
        };
        try (Bench b = new Bench(3, p -> p.check("dashboards", check))) {
            RunOutcome outcome = b.execute(behind(Gates.check("dashboards")));
            waits(outcome);
            assertThat(outcome.summary()).contains("monitoring is down");
            broken.set(false);
            succeeds(b, b.resumeAfter(ofMinutes(1)));
        }
    }

    @Test
    void anInconclusiveCheckIsDecidedByAPerson() {
        try (Bench b = new Bench(3, p -> p.check("dashboards", t -> GateCheck.Answer.INCONCLUSIVE))) {
            waits(b.execute(behind(Gates.check("dashboards"))));
            b.patcher().approve(b.run(), GATE, Scenario.kim());
            succeeds(b, b.resume());
        }
    }

    @Test
    void aCheckThatThisProcessDoesNotKnowKeepsTheGateClosed() {
        try (Bench b = new Bench(3)) {
            RunOutcome outcome = b.execute(behind(Gates.check("dashboards")));
            waits(outcome);
            assertThat(outcome.summary()).contains("no check \"dashboards\"");
        }
    }

    @Test
    void aWaitingRunHoldsItsClaimAndNoLeaseAndIsResumedWhenDue() {
        try (Bench b = new Bench(3)) {
            waits(b.execute(behind(Gates.elapsed(ofHours(12)))));
            assertThat(b.patcher().runs().find(b.run()).orElseThrow().holder()).isEmpty();
            assertThat(b.world.claims(b.run())).hasSize(1);
            assertThat(b.patcher().resumeDue(io.gds.database.run.RunListener.none()))
                    .isEmpty();
            b.clock.advance(ofHours(12));
            Map<?, RunOutcome> resumed = b.patcher().resumeDue(io.gds.database.run.RunListener.none());
            assertThat(resumed).hasSize(1);
            succeeds(b, resumed.values().iterator().next());
        }
    }
}
