package io.gds.database.core.internal.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.gds.database.plan.Finding;
import io.gds.database.plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The report as JSON, for machines. Every key of {@code docs/report-format.md} is always there; null means not known or
 * did not happen. Keys may be added; none changes its meaning without a new {@code format} number.
 */
public final class JsonReport {
    private static final int FORMAT = 1;

    private final RunTimeline t;

    private JsonReport(RunTimeline t) {
        this.t = t;
    }

    /** Renders a run. */
    public static String render(ReportSource source) {
        return new JsonReport(RunTimeline.of(source)).root().toPrettyString() + "\n";
    }

    private ObjectNode root() {
        ReportSource s = t.source();
        ObjectNode o = object();
        o.put("format", FORMAT);
        o.put("run", s.run().value());
        o.put("status", s.status().name());
        o.put("kind", s.plan().kind());
        o.put("title", s.plan().title());
        o.put("planHash", s.plan().hash());
        o.putObject("cluster")
                .put("name", s.plan().cluster().name())
                .put("engine", s.plan().cluster().engine());
        o.put("from", t.versions().from().isEmpty() ? null : t.versions().from());
        o.put("to", t.versions().to().isEmpty() ? null : t.versions().to());
        o.put("createdAt", s.createdAt().toString());
        time(o, Optional.of(t.time()));
        o.put("ms", t.duration().toMillis());
        o.put("summary", t.ending().summary());
        o.set("cause", t.ending().cause().map(JsonReport::finding).orElse(null));
        o.put("next", t.ending().next().isEmpty() ? null : t.ending().next());
        o.set("writes", t.writes().measured() ? writes() : null);
        o.put("unobservedMs", t.unobservedTime().toMillis());
        ArrayNode unobserved = o.putArray("unobserved");
        t.unobserved().forEach(u -> unobserved.add(time(object(), Optional.of(u))));
        steps(o.putArray("steps"));
        brackets(o.putArray("brackets"));
        gates(o.putArray("gates"));
        findings(o.putArray("findings"));
        drives(o.putArray("drivers"));
        ArrayNode events = o.putArray("events");
        s.events().forEach(e -> events.add(EventJson.node(e)));
        return o;
    }

    private ObjectNode writes() {
        Writes w = t.writes();
        ObjectNode o = object();
        for (String key : List.of("acknowledged", "failed", "unknown", "lost", "doubled", "clients")) {
            number(o, key, w.count(key));
        }
        millis(o, "longestGapMs", w.longestGap());
        millis(o, "intervalMs", w.time("interval"));
        ArrayNode gaps = o.putArray("gaps");
        w.gaps().forEach(g -> gaps.addObject()
                .put("at", g.at().toString())
                .put("ms", g.length().toMillis()));
        ArrayNode lag = o.putArray("lag");
        w.lag()
                .forEach((member, samples) -> samples.forEach(x -> lag.addObject()
                        .put("at", x.at().toString())
                        .put("member", member)
                        .put("amount", x.amount())
                        .put("unit", x.unit())));
        return o;
    }

    private void steps(ArrayNode out) {
        int n = 0;
        for (Step s : t.source().plan().steps()) {
            n++;
            ObjectNode o = out.addObject();
            o.put("number", n);
            o.put("id", s.id().value());
            o.put("title", s.title());
            o.put("action", s.action().toString());
            o.put("target", t.steps().lane(s));
            o.put("state", t.steps().state(s).name());
            went(o, t.steps().log(s.id().value()));
            millis(o, "estimateMs", t.source().plan().estimates().of(s.id()));
            o.put("wayBack", WayBackText.of(s));
            ArrayNode back = o.putArray("wentBack");
            for (String name : t.steps().backOf(s)) {
                ObjectNode b = back.addObject().put("id", name);
                Optional<StepLog> log = t.steps().log(name);
                b.put("state", log.map(l -> l.state().name()).orElse(null));
                went(b, log);
            }
        }
    }

    private void went(ObjectNode o, Optional<StepLog> log) {
        Instant until = t.time().to();
        time(o, log.flatMap(l -> l.extent(until)));
        millis(o, "ms", log.filter(l -> !l.passes(until).isEmpty()).map(l -> l.spent(until)));
        o.put("attempts", log.map(StepLog::attempts).orElse(0));
        o.put("note", log.map(StepLog::note).filter(x -> !x.isEmpty()).orElse(null));
    }

    private void brackets(ArrayNode out) {
        t.brackets()
                .forEach(b -> time(
                        out.addObject()
                                .put("name", b.name())
                                .put("target", b.lane())
                                .put("urgent", b.urgent())
                                .put("closed", b.closed()),
                        Optional.of(b.time())));
    }

    private void gates(ArrayNode out) {
        for (GateStory g : t.gates()) {
            ObjectNode o = out.addObject();
            o.put("name", g.name()).put("step", g.step()).put("rule", g.rule()).put("state", g.state());
            instant(o, "reachedAt", g.reached());
            instant(o, "openedAt", g.opened());
            instant(o, "expiredAt", g.expired());
            o.put("openReason", g.openReason().isEmpty() ? null : g.openReason());
            ArrayNode approvals = o.putArray("approvals");
            g.approvals().forEach(a -> approvals.add(word(a)));
        }
    }

    private void findings(ArrayNode out) {
        t.findings().forEach(a -> {
            ObjectNode o = finding(a.finding());
            o.set("acknowledged", a.word().map(JsonReport::word).orElse(null));
            out.add(o);
        });
    }

    private void drives(ArrayNode out) {
        t.drives()
                .forEach(d -> time(
                        out.addObject()
                                .put("holder", d.holder())
                                .put("host", d.host())
                                .put("pid", d.pid())
                                .put("epoch", d.epoch())
                                .put("end", d.end())
                                .put("lost", d.lost()),
                        Optional.of(d.time())));
    }

    private static ObjectNode word(Word w) {
        return object().put("by", w.by()).put("reason", w.reason()).put("at", w.at().toString());
    }

    private static ObjectNode finding(Finding f) {
        return object().put("id", f.id())
                .put("severity", f.severity().name())
                .put("subject", f.subject())
                .put("observed", f.observed())
                .put("expected", f.expected())
                .put("remedy", f.remedy());
    }

    private static ObjectNode object() {
        return EventJson.MAPPER.createObjectNode();
    }

    private static ObjectNode time(ObjectNode o, Optional<Interval> time) {
        instant(o, "startedAt", time.map(Interval::from));
        instant(o, "endedAt", time.map(Interval::to));
        return o;
    }

    private static void instant(ObjectNode o, String key, Optional<Instant> t) {
        o.put(key, t.map(Instant::toString).orElse(null));
    }

    private static void millis(ObjectNode o, String key, Optional<Duration> d) {
        d.ifPresentOrElse(x -> o.put(key, x.toMillis()), () -> o.putNull(key));
    }

    private static void number(ObjectNode o, String key, OptionalLong n) {
        n.ifPresentOrElse(x -> o.put(key, x), () -> o.putNull(key));
    }
}
