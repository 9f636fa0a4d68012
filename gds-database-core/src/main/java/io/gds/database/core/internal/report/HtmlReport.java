package io.gds.database.core.internal.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The report as one HTML file that needs nothing else: no script, no font, no picture from elsewhere. */
public final class HtmlReport {
    private static final String POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    private HtmlReport() {}

    /** Renders a run. */
    public static String render(ReportSource source) {
        RunTimeline t = RunTimeline.of(source);
        Markup m = new Markup().doctype();
        m.open("html").attr("lang", "en").line().open("head");
        m.open("meta").attr("charset", "utf-8").closeVoid().line();
        m.open("meta")
                .attr("http-equiv", "Content-Security-Policy")
                .attr("content", POLICY)
                .closeVoid()
                .line();
        m.open("meta")
                .attr("name", "viewport")
                .attr("content", "width=device-width, initial-scale=1")
                .closeVoid();
        m.line()
                .open("meta")
                .attr("name", "color-scheme")
                .attr("content", "light dark")
                .closeVoid()
                .line();
        // An empty icon: without it a browser that gets the file over HTTP asks for /favicon.ico.
        m.open("link").attr("rel", "icon").attr("href", "data:,").closeVoid().line();
        m.element(
                "title",
                "",
                Words.status(source.status()) + ": " + source.plan().title() + " · "
                        + source.plan().cluster().name());
        m.line().style(css()).close().line();
        m.open("body").open("main");
        new HtmlHead(t, m).write();
        HtmlChart.write(t, m);
        new HtmlSections(t, m).write();
        m.line().open("footer");
        m.element(
                "p",
                "",
                "Made from the journal of run " + source.run() + " and from nothing else. All times are UTC. Plan "
                        + source.plan().hash() + ".");
        m.close().close().close().close().line();
        return m.toString();
    }

    private static String css() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            if (in == null) {
                throw new IllegalStateException("report.css is missing from the library's jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
