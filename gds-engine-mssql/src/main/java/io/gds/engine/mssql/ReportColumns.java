package io.gds.engine.mssql;

import io.gds.engine.mssql.internal.workbook.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/** The columns of a report, in their order. */
final class ReportColumns {
    private static final Map<String, String> COLOURS = Map.of(
            HotfixStatus.SUCCESS.word(), "C6EFCE",
            HotfixStatus.PARTIAL.word(), "FFEB9C",
            HotfixStatus.FAILED.word(), "FFC7CE",
            HotfixStatus.IN_PROGRESS.word(), "BDD7EE",
            HotfixStatus.SKIPPED.word(), "EDEDED",
            HotfixStatus.UNDONE.word(), "D9D2E9",
            HotfixStatus.UNKNOWN.word(), "F8CBAD");

    static final List<Column<HotfixTargetRow>> TARGETS = List.of(
            Column.text("Server", 24, HotfixTargetRow::server),
            Column.text("Instance", 18, HotfixTargetRow::instance),
            Column.text("Environment", 14, HotfixTargetRow::environment),
            Column.text("Family", 10, HotfixTargetRow::family),
            Column.text("Build before", 15, HotfixTargetRow::buildBefore),
            Column.text("Build after", 15, HotfixTargetRow::buildAfter),
            Column.text("Target build", 15, HotfixTargetRow::buildTarget),
            Column.word("Status", 13, r -> r.status().word(), COLOURS),
            Column.flag("Requires restart", 17, HotfixTargetRow::requiresRestart),
            Column.text("Error", 50, HotfixTargetRow::error),
            Column.moment("Started (UTC)", 20, HotfixTargetRow::started),
            Column.moment("Completed (UTC)", 20, HotfixTargetRow::completed),
            Column.span("Duration", 11, HotfixTargetRow::duration),
            Column.text("Run", 38, HotfixTargetRow::run));

    static final List<Column<HotfixStepRow>> STEPS = List.of(
            Column.text("Run", 38, HotfixStepRow::run),
            Column.text("Server", 24, HotfixStepRow::server),
            Column.number("Order", 8, r -> OptionalInt.of(r.order())),
            Column.text("Installer", 40, HotfixStepRow::installer),
            Column.word("Status", 13, r -> r.status().word(), COLOURS),
            Column.moment("Started (UTC)", 20, HotfixStepRow::started),
            Column.moment("Completed (UTC)", 20, HotfixStepRow::completed),
            Column.number("Exit code", 13, HotfixStepRow::exitCode),
            Column.text("Exit code (hex)", 16, ReportColumns::hex),
            Column.text("Output", 80, HotfixStepRow::output));

    private ReportColumns() {}

    private static String hex(HotfixStepRow row) {
        return row.exitCode().isPresent()
                ? String.format(Locale.ROOT, "0x%08X", row.exitCode().getAsInt())
                : "";
    }
}
