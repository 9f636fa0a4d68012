package io.gds.database.core.internal.report;

import io.gds.database.plan.Finding;
import io.gds.database.plan.Step;
import io.gds.database.run.RunEvent;
import io.gds.database.run.StepState;
import java.util.List;
import java.util.Locale;

/** The tables below the pictures. */
final class HtmlSections {
    private final RunTimeline t;
    private final Markup m;

    HtmlSections(RunTimeline t, Markup m) {
        this.t = t;
        this.m = m;
    }

    void write() {
        gates();
        findings();
        steps();
        drives();
        events();
    }

    private void section(String id, String title) {
        m.line().open("section").attr("aria-labelledby", "h-" + id);
        m.open("h2").attr("id", "h-" + id).text(title).close();
    }

    private void gates() {
        if (t.gates().isEmpty()) {
            return;
        }
        section("gates", "Gates and approvals");
        HtmlTable.write(
                m, "Gates and approvals", List.of("Gate", "Rule", "Reached", "Held", "Approvals", "State"), rows -> {
                    for (GateStory g : t.gates()) {
                        rows.row(r -> r.cell("", x -> x.element("strong", "", g.name()))
                                .cell(g.rule())
                                .number(g.reached().map(Words::dateTime).orElse(Words.NONE))
                                .number(g.held(t.time().to())
                                        .map(h -> Words.duration(h.length()))
                                        .orElse(Words.NONE))
                                .cell(g.approvals().isEmpty() ? "empty" : "", x -> approvals(g))
                                .cell("", x -> {
                                    pill(g.state(), gateTone(g.state()));
                                    note(g.openReason());
                                }));
                    }
                });
        m.close();
    }

    private void approvals(GateStory g) {
        if (g.approvals().isEmpty()) {
            m.text(Words.NONE);
        }
        g.approvals().forEach(this::word);
    }

    private void word(Word w) {
        m.open("p").attr("class", "word").element("strong", "", w.by());
        m.text(" ").element("span", "when", Words.dateTime(w.at()));
        if (!w.reason().isEmpty()) {
            m.open("br").closeVoid().element("span", "quote", "“" + w.reason() + "”");
        }
        m.close();
    }

    private static String gateTone(String state) {
        return switch (state) {
            case "open" -> "good";
            case "expired" -> "bad";
            case "waits" -> "busy";
            default -> "plain";
        };
    }

    private void findings() {
        section("findings", "Findings before the run");
        if (t.findings().isEmpty()) {
            m.element("p", "none", "The pre-flight had nothing to say.");
        } else {
            HtmlTable.write(m, "Findings", List.of("Finding", "About", "Found", "Remedy", "Acknowledged"), rows -> {
                for (Acknowledged a : t.findings()) {
                    Finding f = a.finding();
                    rows.row(r -> r.cell("", x -> {
                                pill(f.severity().name().toLowerCase(Locale.ROOT), severityTone(f));
                                note(f.id());
                            })
                            .cell("lane", x -> x.text(f.subject()))
                            .cell("", x -> {
                                m.text(Words.iso(f.observed()));
                                note("expected: " + Words.iso(f.expected()));
                            })
                            .cell(Words.iso(f.remedy()))
                            .cell(a.word().isEmpty() ? "empty" : "", x -> a.word()
                                    .ifPresentOrElse(this::word, () -> m.text(Words.NONE))));
                }
            });
        }
        m.close();
    }

    private static String severityTone(Finding f) {
        return switch (f.severity()) {
            case BLOCK -> "bad";
            case ACK -> "back";
            case WARN -> "plain";
        };
    }

    private void steps() {
        section("steps", "Steps");
        HtmlTable.write(
                m, "Steps", List.of("#", "Step", "On", "State", "Took", "Expected", "Tries", "Way back"), rows -> {
                    int number = 0;
                    for (Step s : t.source().plan().steps()) {
                        number++;
                        int n = number;
                        rows.row(r -> step(r, n, s));
                    }
                });
        m.close();
    }

    private void step(HtmlTable.Row row, int number, Step s) {
        StepState state = t.steps().state(s);
        StepLog log = t.steps().log(s.id().value()).orElseGet(StepLog::new);
        row.number(String.valueOf(number))
                .cell("step", String.valueOf(number), x -> {
                    m.element("strong", "", s.title());
                    m.element("code", "", s.id().value());
                    note(Words.iso(log.note()));
                })
                .cell("lane", x -> x.text(t.steps().lane(s)))
                .cell("", x -> state(state, log))
                .number(
                        log.passes(t.time().to()).isEmpty()
                                ? Words.NONE
                                : Words.duration(t.steps().spent(log)))
                .number(t.source()
                        .plan()
                        .estimates()
                        .of(s.id())
                        .map(Words::duration)
                        .orElse(Words.NONE))
                .number(log.attempts() == 0 ? Words.NONE : String.valueOf(log.attempts()))
                .cell("", x -> {
                    m.text(WayBackText.of(s));
                    t.steps().backOf(s).forEach(this::wentBack);
                });
    }

    /** A step that failed and was then taken back shows both. */
    private void state(StepState state, StepLog log) {
        boolean failed = log.passes(t.time().to()).stream().anyMatch(p -> p.end() == StepSpan.End.FAILED);
        if (failed && state == StepState.UNDONE) {
            pill(Words.state(StepState.FAILED), tone(StepState.FAILED));
            m.text(" ");
        }
        pill(Words.state(state), tone(state));
    }

    private void wentBack(String name) {
        t.steps().log(name).ifPresent(log -> {
            m.open("p").attr("class", "word");
            boolean gone = log.state() == StepState.VERIFIED;
            pill(gone ? "gone back" : Words.state(log.state()), gone ? "back" : tone(log.state()));
            m.text(" in " + Words.duration(t.steps().spent(log))).close();
            note(Words.iso(log.note()));
        });
    }

    private static String tone(StepState s) {
        return switch (s) {
            case VERIFIED -> "good";
            case FAILED -> "bad";
            case UNKNOWN -> "unsure";
            case UNDONE -> "back";
            case INTENT, APPLIED -> "busy";
            case PLANNED, SKIPPED -> "plain";
        };
    }

    private void drives() {
        if (t.drives().isEmpty()) {
            return;
        }
        section("drives", "Who drove it");
        HtmlTable.write(m, "Who drove it", List.of("Process", "Host", "Epoch", "From", "For", "Ended"), rows -> {
            for (Drive d : t.drives()) {
                rows.row(r -> r.cell("", x -> x.element("strong", "", d.holder().isEmpty() ? Words.NONE : d.holder()))
                        .cell(d.host() + (d.pid().isEmpty() ? "" : " · pid " + d.pid()))
                        .number(d.epoch())
                        .number(Words.dateTime(d.time().from()))
                        .number(Words.duration(d.time().length()))
                        .cell("", x -> {
                            if (d.lost()) {
                                pill("lost", "bad");
                                m.text(" ");
                            }
                            m.text(Words.iso(d.end()));
                        }));
            }
        });
        m.close();
    }

    private void events() {
        List<RunEvent> events = t.source().events();
        m.line().open("section").open("details");
        m.element(
                "summary",
                "",
                "All " + Words.plural(events.size(), "journal entry").replace("entrys", "entries"));
        HtmlTable.write(m, "Journal", List.of("Nr", "Time (UTC)", "Entry", "Step", "Data"), rows -> {
            for (RunEvent e : events) {
                rows.row(r -> r.number(String.valueOf(e.seq()))
                        .cell("", x -> x.open("time")
                                .attr("datetime", e.at().toString())
                                .text(Words.timeMillis(e.at()))
                                .close())
                        .cell("", x -> x.element("code", "", e.type().name()))
                        .cell(e.step().orElse(Words.NONE))
                        .cell(
                                "data",
                                x -> x.element(
                                        "code",
                                        "",
                                        e.data().isEmpty()
                                                ? Words.NONE
                                                : e.data().toJson())));
            }
        });
        m.close().close();
    }

    private void pill(String text, String tone) {
        m.element("span", "pill " + tone, text);
    }

    private void note(String text) {
        if (!text.isEmpty()) {
            m.element("small", "note", text);
        }
    }
}
