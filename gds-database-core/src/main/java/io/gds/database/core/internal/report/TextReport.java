package io.gds.database.core.internal.report;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Step;
import io.gds.database.run.StepState;
import java.util.Locale;
import java.util.OptionalLong;

/** The report as plain text, for terminals, mails and tickets. */
public final class TextReport {
    private final RunTimeline t;
    private final StringBuilder out = new StringBuilder();

    private TextReport(RunTimeline t) {
        this.t = t;
    }

    /** Renders a run. */
    public static String render(ReportSource source) {
        TextReport r = new TextReport(RunTimeline.of(source));
        r.head();
        r.writes();
        r.gates();
        r.findings();
        r.steps();
        r.drives();
        return r.out.toString();
    }

    private void head() {
        ReportSource s = t.source();
        String versions = t.versions().arrow(s.status());
        line(Words.status(s.status()).toUpperCase(Locale.ROOT) + ": " + s.plan().title());
        pair(
                "cluster",
                s.plan().cluster().name() + " (" + s.plan().cluster().engine() + ")"
                        + (versions.isEmpty() ? "" : ", " + versions));
        pair("run", s.run() + ", plan " + s.plan().hash().substring(0, 12));
        pair(
                "time",
                Words.dateTime(t.time().from()) + " to "
                        + Words.dateTime(t.time().to()) + " UTC, " + Words.duration(t.duration()));
        pair("result", Words.iso(t.ending().summary()));
        t.ending().cause().ifPresent(this::cause);
        if (!t.ending().next().isEmpty()) {
            pair("what now", Words.iso(t.ending().next()));
        }
    }

    private void cause(Finding f) {
        pair(
                "cause",
                f.id() + " " + f.subject() + ": found " + Words.iso(f.observed()) + "; expected "
                        + Words.iso(f.expected()));
        pair("remedy", Words.iso(f.remedy()));
    }

    private void writes() {
        Writes w = t.writes();
        heading("Writes");
        if (!w.measured()) {
            line("  not measured: the run had no write probe");
            return;
        }
        w.longestGap().ifPresent(g -> pair("longest gap", Words.duration(g)));
        for (String key : java.util.List.of("acknowledged", "failed", "unknown", "lost", "doubled")) {
            OptionalLong n = w.count(key);
            pair(key, n.isPresent() ? Words.count(n.getAsLong()) : "not known");
        }
        if (!t.unobservedTime().isZero()) {
            pair("unobserved", Words.duration(t.unobservedTime()) + ", no process drove the run");
        }
        if (w.broken()) {
            line("  THE PROMISE WAS BROKEN: acknowledged writes are lost or there twice.");
        }
    }

    private void gates() {
        if (t.gates().isEmpty()) {
            return;
        }
        heading("Gates");
        for (GateStory g : t.gates()) {
            line("  " + g.name() + " (" + g.rule() + "): " + g.state()
                    + g.held(t.time().to())
                            .map(h -> ", held " + Words.duration(h.length()))
                            .orElse(""));
            g.approvals()
                    .forEach(a -> line("    approved by " + a.by() + " at " + Words.dateTime(a.at())
                            + (a.reason().isEmpty() ? "" : ": " + a.reason())));
        }
    }

    private void findings() {
        heading("Findings");
        if (t.findings().isEmpty()) {
            line("  none");
        }
        for (Acknowledged a : t.findings()) {
            line("  " + Words.iso(a.finding().toString()));
            a.word()
                    .ifPresent(w -> line("    acknowledged by " + w.by() + " at " + Words.dateTime(w.at())
                            + (w.reason().isEmpty() ? "" : ": " + w.reason())));
        }
    }

    private void steps() {
        heading("Steps");
        int n = 0;
        for (Step s : t.source().plan().steps()) {
            n++;
            StepState state = t.steps().state(s);
            StepLog log = t.steps().log(s.id().value()).orElseGet(StepLog::new);
            boolean ran = !log.passes(t.time().to()).isEmpty();
            line(String.format(
                    Locale.ROOT,
                    "%4d  %-10s %-12s %-14s %s%s",
                    n,
                    Words.state(state),
                    ran ? Words.duration(t.steps().spent(log)) : Words.NONE,
                    t.steps().lane(s),
                    s.title(),
                    log.attempts() > 1 ? " (" + log.attempts() + " tries)" : ""));
            if (!log.note().isEmpty()) {
                line("        " + Words.iso(log.note()));
            }
            for (String back : t.steps().backOf(s)) {
                t.steps()
                        .log(back)
                        .ifPresent(l -> line("        way back: " + Words.state(l.state()) + ", "
                                + Words.duration(t.steps().spent(l))
                                + (l.note().isEmpty() ? "" : ": " + Words.iso(l.note()))));
            }
        }
    }

    private void drives() {
        heading("Who drove it");
        for (Drive d : t.drives()) {
            line("  " + Words.dateTime(d.time().from()) + "  " + d.holder()
                    + (d.host().isEmpty() ? "" : " on " + d.host())
                    + (d.epoch().isEmpty() ? "" : ", epoch " + d.epoch()) + ", for "
                    + Words.duration(d.time().length()) + ": " + Words.iso(d.end()));
        }
    }

    private void heading(String text) {
        out.append('\n');
        line(text);
    }

    private void pair(String key, String value) {
        line(String.format(Locale.ROOT, "  %-13s %s", key, value));
    }

    private void line(String text) {
        out.append(Plain.line(text)).append('\n');
    }
}
