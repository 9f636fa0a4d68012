package io.gds.database.core.internal.report;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/**
 * A table that becomes a list of cards on a narrow screen. The roles are written out, since browsers drop the meaning of
 * table elements when a style sheet gives them another display.
 */
final class HtmlTable {
    private final Markup m;
    private final List<String> headers;

    private HtmlTable(Markup m, List<String> headers) {
        this.m = m;
        this.headers = headers;
    }

    /** One row: called for each cell in turn. */
    final class Row {
        private int column;

        Row cell(String text) {
            return cell(text.equals(Words.NONE) ? "empty" : "", x -> x.text(text));
        }

        Row number(String text) {
            return cell(text.equals(Words.NONE) ? "num empty" : "num", x -> x.text(text));
        }

        Row cell(String cssClass, Consumer<Markup> content) {
            return cell(cssClass, headers.get(column), content);
        }

        /** A cell whose label on a narrow screen is not its column's header. */
        Row cell(String cssClass, String label, Consumer<Markup> content) {
            m.open("td").attr("role", "cell").attr("data-label", label);
            if (!cssClass.isEmpty()) {
                m.attr("class", cssClass);
            }
            m.open("div");
            content.accept(m);
            m.close().close();
            column++;
            return this;
        }
    }

    static void write(Markup m, String label, List<String> headers, Consumer<HtmlTable> rows) {
        m.line().open("table").attr("role", "table").attr("aria-label", label);
        m.attr("class", label.toLowerCase(Locale.ROOT).replace(' ', '-'));
        m.open("thead").attr("role", "rowgroup").open("tr").attr("role", "row");
        for (String h : headers) {
            m.open("th")
                    .attr("role", "columnheader")
                    .attr("scope", "col")
                    .text(h)
                    .close();
        }
        m.close().close().open("tbody").attr("role", "rowgroup");
        rows.accept(new HtmlTable(m, headers));
        m.close().close();
    }

    void row(Consumer<Row> cells) {
        m.line().open("tr").attr("role", "row");
        cells.accept(new Row());
        m.close();
    }
}
