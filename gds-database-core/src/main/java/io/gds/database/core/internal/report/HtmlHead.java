package io.gds.database.core.internal.report;

import io.gds.database.plan.Finding;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** The top of the page: what happened, whether it went well, and what users felt. */
final class HtmlHead {
    private final RunTimeline t;
    private final Markup m;

    HtmlHead(RunTimeline t, Markup m) {
        this.t = t;
        this.m = m;
    }

    void write() {
        ReportSource source = t.source();
        m.line().open("header");
        m.open("p").attr("class", "eyebrow");
        m.element("strong", "", source.plan().cluster().name());
        m.text(" · " + source.plan().cluster().engine()).close();
        m.element("h1", "", source.plan().title());
        m.open("p").attr("class", "status");
        m.element("span", "badge " + Ending.tone(source.status()), Words.status(source.status()));
        if (!t.versions().arrow(source.status()).isEmpty()) {
            m.element("span", "versions", t.versions().arrow(source.status()));
        }
        m.close();
        m.element("p", "lead", Words.iso(t.ending().summary()));
        cause();
        facts();
        m.close();
        tiles();
    }

    private void cause() {
        Optional<Finding> cause = t.ending().cause();
        String next = t.ending().next();
        if (cause.isEmpty() && next.isEmpty()) {
            return;
        }
        m.open("div").attr("class", "callout " + Ending.tone(t.source().status()));
        cause.ifPresent(f -> {
            m.open("p");
            m.element("strong", "", f.subject().isEmpty() ? f.id() : f.subject() + " · " + f.id());
            m.close();
            m.open("dl").attr("class", "pairs");
            pair("Found", Words.iso(f.observed()));
            pair("Expected", Words.iso(f.expected()));
            pair("Remedy", Words.iso(f.remedy()));
            m.close();
        });
        if (!next.isEmpty()) {
            m.open("p")
                    .element("strong", "", "What now: ")
                    .text(Words.iso(next))
                    .close();
        }
        m.close();
    }

    private void facts() {
        m.open("dl").attr("class", "facts");
        pair("Run", t.source().run().value());
        pair("Plan", t.source().plan().hash().substring(0, 12));
        pair("Began", Words.dateTime(t.time().from()) + " UTC");
        pair("Last entry", Words.dateTime(t.time().to()) + " UTC");
        m.close();
    }

    private void pair(String name, String value) {
        if (!value.isEmpty()) {
            m.open("div").element("dt", "", name).element("dd", "", value).close();
        }
    }

    private void tiles() {
        Writes w = t.writes();
        m.line().open("section").attr("class", "tiles").attr("aria-label", "Figures");
        Duration expected = t.source().plan().estimates().total();
        tile(
                "Duration",
                Words.duration(t.duration()),
                expected.isZero() ? "" : "steps: about " + Words.duration(expected),
                "");
        if (w.measured()) {
            tile(
                    "Longest write gap",
                    w.longestGap().map(Words::duration).orElse(Words.NONE),
                    t.source()
                            .plan()
                            .estimates()
                            .writeGap()
                            .map(g -> "expected " + Words.duration(g))
                            .orElse(""),
                    "key");
            counter("Acknowledged", "writes confirmed", "acknowledged", "");
            counter("Failed", "refused or never sent", "failed", "");
            counter("Unknown", "answer was lost", "unknown", "");
            counter("Lost", "acknowledged, not there", "lost", "bad");
            counter("Doubled", "there more than once", "doubled", "bad");
        } else {
            tile(
                    "Steps settled",
                    t.settled() + " of " + t.source().plan().steps().size(),
                    "",
                    "");
        }
        m.close();
        m.element("p", w.broken() ? "promise broken" : "promise", promise());
    }

    private void counter(String name, String hint, String key, String whenNotZero) {
        OptionalLong n = t.writes().count(key);
        tile(name, n.isPresent() ? Words.count(n.getAsLong()) : Words.NONE, hint, n.orElse(0) > 0 ? whenNotZero : "");
    }

    private void tile(String name, String value, String hint, String kind) {
        m.open("div").attr("class", kind.isEmpty() ? "tile" : "tile " + kind);
        m.element("div", "name", name).element("div", "value", value);
        if (!hint.isEmpty()) {
            m.element("div", "hint", hint);
        }
        m.close();
    }

    private String promise() {
        Writes w = t.writes();
        if (!w.measured()) {
            return "No write probe was part of this run: what users felt was not measured.";
        }
        StringBuilder out = new StringBuilder();
        if (w.broken()) {
            out.append("The promise was broken: acknowledged writes are lost or there twice.");
        } else if (w.count("acknowledged").isPresent() && w.count("lost").isPresent()) {
            out.append("Every acknowledged write is there exactly once.");
        }
        if (w.count("clients").isPresent()) {
            out.append(" Measured by ").append(Words.plural(w.count("clients").getAsLong(), "client"));
            w.time("interval")
                    .ifPresent(i -> out.append(", each writing every ").append(Words.duration(i)));
            out.append('.');
        }
        if (!t.unobservedTime().isZero()) {
            out.append(" Nobody measured for ")
                    .append(Words.duration(t.unobservedTime()))
                    .append('.');
        }
        return out.toString().strip();
    }
}
