package io.gds.engine.mssql;

import static java.util.Objects.requireNonNull;

import io.gds.database.error.GdsDatabaseException;
import io.gds.engine.mssql.internal.workbook.BookFile;
import io.gds.engine.mssql.internal.workbook.TableSheets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.dhatim.fastexcel.Workbook;

/**
 * What hotfix runs did, as a workbook for Excel: {@code HotfixReport.of(targets, steps).write(Path.of("hotfixes.xlsx"))}.
 *
 * <p>For each year of runs there is a sheet such as {@code 2026 Hotfix Deployment} with a row per target and run, and then the
 * sheet {@code Steps} with a row per installer. What does not fit on a sheet of Excel (1,048,576 rows) goes on on the next one,
 * {@code Steps (2)}. Texts are texts whatever they begin with; dates are in UTC.
 *
 * <p>Rows are taken from their iterables while they are written and are not held, so there may be any number. Immutable; as
 * thread-safe as the iterables.
 */
public final class HotfixReport {
    private final Iterable<HotfixTargetRow> targets;
    private final Iterable<HotfixStepRow> steps;
    private final int rowsOfASheet;

    private HotfixReport(Iterable<HotfixTargetRow> targets, Iterable<HotfixStepRow> steps, int rowsOfASheet) {
        this.targets = requireNonNull(targets, "targets");
        this.steps = requireNonNull(steps, "steps");
        this.rowsOfASheet = rowsOfASheet;
    }

    /**
     * A report of these rows, in their order.
     *
     * @param targets iterated once to find the years, and then once for each year; it must give the same rows every time
     * @param steps iterated once
     */
    public static HotfixReport of(Iterable<HotfixTargetRow> targets, Iterable<HotfixStepRow> steps) {
        return new HotfixReport(targets, steps, TableSheets.LIMIT);
    }

    /** For tests, which cannot wait for a million rows. */
    HotfixReport rowsOfASheet(int rows) {
        return new HotfixReport(targets, steps, rows);
    }

    /**
     * Writes the workbook; blocks while it does. The file is there whole or not at all; one that was there is replaced. What the
     * iterables throw reaches the caller, and then the old file is as it was.
     *
     * @param file where to, in a directory that exists
     * @throws GdsDatabaseException with code {@code GDS-REPORT-WRITE} when the file cannot be written, and with code
     *     {@code GDS-REPORT-CHANGED} when the targets were others the second time
     */
    public void write(Path file) {
        BookFile.write(requireNonNull(file, "file"), this::fill);
    }

    private void fill(Workbook book) throws IOException {
        Map<Integer, Long> years = years();
        long all = years.values().stream().mapToLong(Long::longValue).sum();
        for (Map.Entry<Integer, Long> year : years.entrySet()) {
            fill(book, year.getKey(), year.getValue(), all);
        }
        TableSheets<HotfixStepRow> sheets = new TableSheets<>(book, "Steps", ReportColumns.STEPS, rowsOfASheet);
        for (HotfixStepRow row : steps) {
            sheets.add(row);
        }
        sheets.end();
    }

    /** A sheet is written from its top to its end before the next one begins, so rows of other years wait for their turn. */
    private void fill(Workbook book, int year, long expected, long all) throws IOException {
        TableSheets<HotfixTargetRow> sheets =
                new TableSheets<>(book, year + " Hotfix Deployment", ReportColumns.TARGETS, rowsOfASheet);
        long seen = 0;
        long written = 0;
        for (HotfixTargetRow row : targets) {
            seen++;
            if (row.year() == year) {
                written++;
                sheets.add(row);
            }
        }
        if (written != expected || seen != all) {
            throw changed(year, "found " + written + " of " + seen, "expected " + expected + " of " + all);
        }
        sheets.end();
    }

    private Map<Integer, Long> years() {
        Map<Integer, Long> years = new TreeMap<>();
        for (HotfixTargetRow row : targets) {
            years.merge(row.year(), 1L, Long::sum);
        }
        return years;
    }

    private static GdsDatabaseException changed(int year, String found, String expected) {
        return GdsDatabaseException.user("GDS-REPORT-CHANGED")
                .message("the targets changed while the report was written: of " + year + " " + found + " rows, "
                        + expected + " as when they were counted.")
                .remedy(
                        "give targets that can be iterated again with the same rows: a list, or a query in one snapshot.")
                .build();
    }
}
