package io.gds.database.core.internal.report;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Params;
import io.gds.database.run.RunEvent;
import io.gds.database.run.RunStatus;
import io.gds.database.run.WriteReport;
import java.time.Duration;

/** Runs that reports must tell well. */
final class SampleRuns {
    private SampleRuns() {}

    /** A canary, half an hour of soak in which nobody drives, an approval, the rest. */
    static ReportSource canarySuccess() {
        Story s = new Story("orders-2026-03-03", SamplePlans.patch());
        s.event(
                RunEvent.Type.FINDING_ACKNOWLEDGED,
                Params.of("id", "PG-UNLOGGED", "by", "kim", "reason", "a cache, refilled on start"));
        s.pause(0.4).taken("ops-1", 4711, 1).pause(0.2).done("pause", 1.1);
        member(s, "pg-c", 4.2, 21.5);
        s.event(
                RunEvent.Type.GATE_REACHED,
                Params.of("gate", "after-canary", "rule", "(PT30M elapsed and 1 approval)", "step", "pg-b:drain"));
        s.probe(figures(4_310, 0, 0, 129, Duration.ZERO)).released("waits for gate after-canary");
        s.pause(Duration.ofMinutes(27))
                .event(
                        RunEvent.Type.GATE_APPROVED,
                        Params.of("gate", "after-canary", "by", "robin", "reason", "canary healthy, p99 unchanged"));
        s.pause(Duration.ofMinutes(4)).taken("ops-2", 991, 2).pause(0.3);
        s.event(
                RunEvent.Type.GATE_OPENED,
                Params.of("gate", "after-canary", "reason", "PT30M elapsed, approved by robin"));
        member(s, "pg-b", 5.4, 18.9);
        s.done("switchover", 4.6).gap(2.8, 412).gap(1.1, 95);
        member(s, "pg-a", 7.7, 22.4);
        s.done("resume", 0.8).done("post-flight", 1.7);
        s.probe(figures(21_904, 3, 1, 412, Duration.ofMinutes(31)));
        s.event(RunEvent.Type.RUN_FINISHED, Params.of("status", "SUCCEEDED", "reason", ""));
        return s.released("done").is(RunStatus.SUCCEEDED);
    }

    /** The second member does not come back; everything goes its way back. */
    static ReportSource rolledBack() {
        Story s = new Story("orders-2026-03-10", SamplePlans.patch());
        s.pause(0.4).taken("ops-1", 5120, 1).pause(0.2).done("pause", 1.3);
        member(s, "pg-c", 4.0, 20.0);
        s.event(
                RunEvent.Type.GATE_REACHED,
                Params.of("gate", "after-canary", "rule", "PT10S elapsed", "step", "pg-b:drain"));
        s.pause(10).event(RunEvent.Type.GATE_OPENED, Params.of("gate", "after-canary", "reason", "PT10S elapsed"));
        s.done("pg-b:drain", 5).done("pg-b:stop", 2.1).done("pg-b:install", 17);
        s.intent("pg-b:start").pause(9);
        s.step(RunEvent.Type.STEP_ATTEMPT_FAILED, "pg-b:start", Params.of("reason", "exit code 1"));
        s.pause(3).step(RunEvent.Type.STEP_REPLANNED, "pg-b:start", Params.of("reason", "not running; tried again"));
        s.pause(1).intent("pg-b:start").pause(11);
        Finding f = Finding.block(
                "PG-START",
                "pg-b",
                "FATAL: could not load library \"timescaledb-2.14\": No such file or directory",
                "a running follower of pg-a",
                "install the timescaledb package built for 15.20, then patch again.");
        s.step(
                RunEvent.Type.STEP_FAILED,
                "pg-b:start",
                Params.of("reason", "the server exits right after its start", "finding", f.document()));
        s.pause(0.1)
                .event(
                        RunEvent.Type.WAY_BACK_STARTED,
                        Params.of("reason", "step pg-b:start failed", "scope", "run", "finding", f.document()));
        s.pause(0.2).step(RunEvent.Type.STEP_UNDONE, "pg-b:start", Params.of("by", "the way back"));
        back(s, "pg-b:install", 12);
        back(s, "pg-b:stop", 8);
        back(s, "pg-b:drain", 1);
        s.done("back:pg-c:admit", 4);
        back(s, "pg-c:start", 2.4);
        back(s, "pg-c:install", 13);
        back(s, "pg-c:stop", 9);
        back(s, "pg-c:drain", 1);
        back(s, "pause", 0.9);
        s.gap(40, 61).probe(figures(18_220, 0, 0, 120, Duration.ZERO));
        s.event(
                RunEvent.Type.RUN_FINISHED,
                Params.of("status", "ROLLED_BACK", "reason", "as found after PG-START", "finding", f.document()));
        return s.released("done").is(RunStatus.ROLLED_BACK);
    }

    /** The process dies inside an installation; another one takes over after nine minutes. */
    static ReportSource takeover() {
        Story s = new Story("orders-2026-03-17", SamplePlans.patch());
        s.pause(0.4).taken("ops-1", 4711, 1).pause(0.2).done("pause", 1.1);
        s.done("pg-c:drain", 4).done("pg-c:stop", 2.5).intent("pg-c:install").pause(6);
        s.step(RunEvent.Type.STEP_CHECKPOINT, "pg-c:install", Params.of("values", Params.of("unpacked", true)));
        s.pause(Duration.ofMinutes(9)).taken("ops-2", 12, 2).pause(0.8);
        s.step(RunEvent.Type.STEP_CONTINUED, "pg-c:install", Params.of("reason", "PARTIAL"))
                .pause(8);
        s.step(RunEvent.Type.STEP_APPLIED, "pg-c:install", Params.empty()).pause(1);
        s.step(RunEvent.Type.STEP_VERIFIED, "pg-c:install", Params.empty()).pause(0.1);
        s.done("pg-c:start", 14).done("pg-c:admit", 1.2);
        return s.is(RunStatus.RUNNING);
    }

    /** The answer of a switchover is lost and nothing tells what happened. */
    static ReportSource undetermined() {
        Story s = new Story("orders-2026-03-24", SamplePlans.patch());
        s.taken("ops-1", 4711, 1).done("pause", 1.1);
        member(s, "pg-c", 4.2, 21.5);
        s.event(RunEvent.Type.GATE_REACHED, Params.of("gate", "after-canary", "step", "pg-b:drain"));
        s.pause(5).event(RunEvent.Type.GATE_OPENED, Params.of("gate", "after-canary"));
        member(s, "pg-b", 4.2, 20);
        s.intent("switchover").pause(30);
        s.step(
                RunEvent.Type.STEP_UNKNOWN,
                "switchover",
                Params.of(
                        "observed", "neither pg-a nor pg-c answers since PT25S",
                        "settles", "look which of pg-a and pg-c is primary"));
        s.event(
                RunEvent.Type.RUN_FINISHED,
                Params.of("status", "UNDETERMINED", "reason", "step switchover is unknown"));
        return s.released("needs a person").is(RunStatus.UNDETERMINED);
    }

    /** Names and words that would break a careless page or terminal. */
    static ReportSource hostile() {
        String bad = "<script>alert('x')</script> & \"quoted\" \u001b[2J \ud800 ]]> --> " + "long".repeat(60);
        Story s = new Story("hostile", SamplePlans.patch(bad));
        s.event(RunEvent.Type.FINDING_ACKNOWLEDGED, Params.of("id", "PG-UNLOGGED", "by", bad, "reason", bad));
        s.event(RunEvent.Type.LEASE_TAKEN, Params.of("holder", bad, "host", bad))
                .done("pause", 1);
        s.done("step-of-a-newer-plan", 2).step(RunEvent.Type.STEP_SKIPPED, "pg-c:drain", Params.of("reason", bad));
        s.intent("pg-c:stop")
                .pause(1)
                .step(RunEvent.Type.STEP_FAILED, "pg-c:stop", Params.of("reason", bad, "finding", 7));
        s.event(RunEvent.Type.PROBE_REPORT, Params.of("report", "none", "gaps", Params.of("at", 1), "lag", 3));
        s.lag("<b>m</b>", 1, 5).gap(1, 9).event(RunEvent.Type.GATE_APPROVED, Params.of("gate", bad, "by", bad));
        s.probe(figures(1, 0, 0, 9, Duration.ZERO));
        s.event(RunEvent.Type.RUN_FINISHED, Params.of("status", 3, "reason", bad));
        return s.is(RunStatus.FAILED);
    }

    private static void back(Story s, String step, double seconds) {
        s.done("back:" + step, seconds).step(RunEvent.Type.STEP_UNDONE, step, Params.of("by", "back:" + step));
    }

    private static void member(Story s, String m, double drain, double install) {
        s.done(m + ":drain", drain).done(m + ":stop", 2.8).gap(1.2, 40).done(m + ":install", install);
        long[] trail = {0, 4_100_000, 9_800_000, 16_200_000, 22_600_000, 12_000_000, 3_300_000, 0};
        s.done(m + ":start", 13).done(m + ":admit", 1.2);
        for (int i = 0; i < trail.length; i++) {
            s.lag(m, 36 - i * 5, Math.round(trail[i] * install / 20));
        }
        s.gap(1.0, Math.round(install * 6));
    }

    private static WriteReport figures(long ok, long failed, long unknown, long gapMs, Duration unobserved) {
        return new WriteReport(
                ok, failed, unknown, 0, 0, Duration.ofMillis(gapMs), unobserved, Duration.ofMillis(50), 4);
    }
}
