package io.gds.engine.mssql.internal.workbook;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.dhatim.fastexcel.ConditionalFormattingExpressionRule;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * One table of a workbook, on as many sheets as it needs: the second is called as the first with {@code (2)}. Rows are written
 * when they come and are not held. The tables of a workbook are written one after the other: {@link #end} comes before the next one
 * begins. Not thread-safe.
 *
 * @param <R> the rows
 */
public final class TableSheets<R> {
    /** What Excel holds on one sheet, the header among them. */
    public static final int LIMIT = 1_048_576;

    private static final int ROWS_AT_A_TIME = 100;
    private static final String HEADER = "D9E1F2";

    private final Workbook book;
    private final String name;
    private final List<Column<R>> columns;
    private final int limit;
    private @Nullable Worksheet sheet;
    private int sheets;
    private int rows;

    /**
     * A table.
     *
     * @param name of its first sheet; up to 25 characters that Excel allows there
     * @param limit how many rows a sheet holds, at least 2
     */
    public TableSheets(Workbook book, String name, List<Column<R>> columns, int limit) {
        this.book = requireNonNull(book, "book");
        this.name = requireNonNull(name, "name");
        this.columns = List.copyOf(columns);
        this.limit = limit;
        begin();
    }

    /** Adds a row, on a new sheet when this one is full. */
    public void add(R row) throws IOException {
        if (rows == limit) {
            end();
            begin();
        }
        Worksheet at = current();
        for (int c = 0; c < columns.size(); c++) {
            columns.get(c).cell().write(at, rows, c, row);
        }
        rows++;
        if (rows % ROWS_AT_A_TIME == 0) {
            at.flush();
        }
    }

    /** Completes the table. */
    public void end() throws IOException {
        Worksheet at = current();
        at.setAutoFilter(0, 0, rows - 1, columns.size() - 1);
        for (int c = 0; c < columns.size() && rows > 1; c++) {
            for (Map.Entry<String, String> each : new TreeMap<>(columns.get(c).colours()).entrySet()) {
                at.range(1, c, rows - 1, c)
                        .style()
                        .fillColor(each.getValue())
                        .set(new ConditionalFormattingExpressionRule(condition(c, each.getKey()), true));
            }
        }
        at.finish();
    }

    /** Of the first row below the header; Excel moves it along. */
    private static String condition(int column, String word) {
        if (column >= 26 || !word.matches("[a-z_]+")) {
            throw new IllegalArgumentException("a coloured column is one of the first 26 and has plain words");
        }
        return "$" + (char) ('A' + column) + "2=\"" + word + "\"";
    }

    private void begin() {
        sheets++;
        Worksheet at = book.newWorksheet(sheets == 1 ? name : name + " (" + sheets + ")");
        for (int c = 0; c < columns.size(); c++) {
            at.value(0, c, columns.get(c).title());
            at.width(c, columns.get(c).width());
        }
        at.range(0, 0, 0, columns.size() - 1).style().bold().fillColor(HEADER).set();
        at.freezePane(0, 1);
        sheet = at;
        rows = 1;
    }

    private Worksheet current() {
        return requireNonNull(sheet, "sheet");
    }
}
