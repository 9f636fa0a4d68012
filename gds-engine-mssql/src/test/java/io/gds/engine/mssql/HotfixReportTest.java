package io.gds.engine.mssql;

import static io.gds.engine.mssql.ReportRows.COMPLETED;
import static io.gds.engine.mssql.ReportRows.RUN;
import static io.gds.engine.mssql.ReportRows.STARTED;
import static io.gds.engine.mssql.ReportRows.names;
import static io.gds.engine.mssql.ReportRows.said;
import static io.gds.engine.mssql.ReportRows.step;
import static io.gds.engine.mssql.ReportRows.target;
import static io.gds.engine.mssql.ReportRows.texts;
import static io.gds.engine.mssql.ReportRows.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.poi.ss.formula.ConditionalFormattingEvaluator;
import org.apache.poi.ss.formula.EvaluationConditionalFormatRule;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.DataFormatter;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.ss.usermodel.PatternFormatting;
import org.apache.poi.xssf.usermodel.XSSFColor;
import org.apache.poi.xssf.usermodel.XSSFRow;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands in a report, read by another library than the one that wrote it. */
class HotfixReportTest {
    private static final String SHEET = "2026 Hotfix Deployment";

    @TempDir
    Path directory;

    private XSSFWorkbook report(List<HotfixTargetRow> targets, List<HotfixStepRow> steps) {
        return written(HotfixReport.of(targets, steps), directory);
    }

    @Test
    void everyYearOfRunsHasASheetAndTheStepsHaveOne() {
        Instant before = Instant.parse("2025-12-31T23:59:59Z");
        XSSFWorkbook book = report(
                List.of(
                        target("A", HotfixStatus.SUCCESS),
                        target(before, "B", HotfixStatus.SUCCESS, ""),
                        target("C", HotfixStatus.FAILED)),
                List.of(said("")));
        assertThat(names(book)).containsExactly("2025 Hotfix Deployment", SHEET, "Steps");
        assertThat(book.getSheetAt(0).getLastRowNum()).isEqualTo(1);
        assertThat(texts(book.getSheetAt(0), 1)).startsWith("B");
        assertThat(texts(book.getSheetAt(1), 1)).startsWith("A");
        assertThat(texts(book.getSheetAt(1), 2)).startsWith("C");
    }

    @Test
    void aTargetIsARowWithEveryColumn() {
        XSSFSheet sheet = report(List.of(target(RUN, "SQL01", HotfixStatus.PARTIAL, "one failed")), List.of())
                .getSheet(SHEET);
        assertThat(texts(sheet, 0))
                .containsExactly(
                        "Server",
                        "Instance",
                        "Environment",
                        "Family",
                        "Build before",
                        "Build after",
                        "Target build",
                        "Status",
                        "Requires restart",
                        "Error",
                        "Started (UTC)",
                        "Completed (UTC)",
                        "Duration",
                        "Run");
        assertThat(texts(sheet, 1).subList(0, 10))
                .containsExactly(
                        "SQL01",
                        "SALES",
                        "production",
                        "2022",
                        "16.0.4135.4",
                        "16.0.4165.4",
                        "16.0.4165.4",
                        "partial",
                        "TRUE",
                        "one failed");
        XSSFRow row = sheet.getRow(1);
        assertThat(row.getCell(8).getCellType()).isEqualTo(CellType.BOOLEAN);
        assertThat(row.getCell(3).getCellType()).as("a year is a name here").isEqualTo(CellType.STRING);
        assertThat(row.getCell(13).getStringCellValue()).isEqualTo("run-1");
    }

    @Test
    void datesAreDatesInUtcToTheSecond() {
        XSSFRow row = report(List.of(target("A", HotfixStatus.SUCCESS)), List.of())
                .getSheet(SHEET)
                .getRow(1);
        assertThat(row.getCell(10).getCellType()).isEqualTo(CellType.NUMERIC);
        assertThat(DateUtil.isCellDateFormatted(row.getCell(10))).isTrue();
        assertThat(row.getCell(10).getLocalDateTimeCellValue()).isEqualTo(LocalDateTime.parse("2026-03-14T20:05:06"));
        assertThat(row.getCell(11).getLocalDateTimeCellValue()).isEqualTo(LocalDateTime.parse("2026-03-14T20:35:07"));
        assertThat(new DataFormatter(Locale.ROOT).formatCellValue(row.getCell(10)))
                .isEqualTo("2026-03-14 20:05:06");
    }

    @ParameterizedTest
    @CsvSource({"PT0S, 0:00:00", "PT59S, 0:00:59", "PT30M1S, 0:30:01", "PT26H3M4S, 26:03:04", "PT2400H, 2400:00:00"})
    void aDurationIsALengthOfTimeAlsoBeyondADay(String length, String shown) {
        HotfixTargetRow row = times(Optional.of(STARTED), Optional.of(STARTED.plus(java.time.Duration.parse(length))));
        Cell cell = report(List.of(row), List.of()).getSheet(SHEET).getRow(1).getCell(12);
        assertThat(cell.getCellType()).isEqualTo(CellType.NUMERIC);
        assertThat(new DataFormatter(Locale.ROOT).formatCellValue(cell)).isEqualTo(shown);
    }

    @Test
    void whatIsNotKnownIsAnEmptyCell() {
        List<HotfixTargetRow> rows = List.of(
                times(Optional.empty(), Optional.empty()),
                times(Optional.of(STARTED), Optional.empty()),
                times(Optional.of(COMPLETED), Optional.of(STARTED)));
        XSSFSheet sheet =
                report(rows, List.of(step(1, OptionalInt.empty(), ""))).getSheet(SHEET);
        assertThat(sheet.getRow(1).getCell(10)).isNull();
        assertThat(sheet.getRow(1).getCell(12)).isNull();
        assertThat(sheet.getRow(2).getCell(10)).isNotNull();
        assertThat(sheet.getRow(2).getCell(12)).isNull();
        assertThat(sheet.getRow(3).getCell(12))
                .as("two clocks that contradict each other")
                .isNull();
        XSSFRow step = sheet.getWorkbook().getSheet("Steps").getRow(1);
        assertThat(step.getCell(7)).isNull();
        assertThat(step.getCell(8)).isNull();
        assertThat(step.getCell(9)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0x00000000",
        "3010, 0x00000BC2",
        "-2068052413, 0x84BC0643",
        "2147483647, 0x7FFFFFFF",
        "-2147483648, 0x80000000"
    })
    void anExitCodeIsANumberWithItsSignAndInHex(int code, String hex) {
        XSSFRow row = report(List.of(), List.of(step(2, OptionalInt.of(code), "done")))
                .getSheet("Steps")
                .getRow(1);
        assertThat(row.getCell(2).getNumericCellValue()).isEqualTo(2);
        assertThat(row.getCell(7).getCellType()).isEqualTo(CellType.NUMERIC);
        assertThat(row.getCell(7).getNumericCellValue()).isEqualTo(code);
        assertThat(row.getCell(8).getStringCellValue()).isEqualTo(hex);
        assertThat(row.getCell(9).getStringCellValue()).isEqualTo("done");
    }

    @Test
    void headersAreFrozenAndFilteredAndColumnsAreWideEnough() {
        XSSFWorkbook book = report(
                List.of(target("A", HotfixStatus.SUCCESS), target("B", HotfixStatus.SUCCESS)), List.of(said("")));
        assertThat(book.getSheet(SHEET).getCTWorksheet().getAutoFilter().getRef())
                .isEqualTo("A1:N3");
        assertThat(book.getSheet("Steps").getCTWorksheet().getAutoFilter().getRef())
                .isEqualTo("A1:J2");
        book.forEach(sheet -> {
            assertThat(sheet.getPaneInformation().isFreezePane()).isTrue();
            assertThat(sheet.getPaneInformation().getHorizontalSplitPosition()).isEqualTo((short) 1);
            assertThat(sheet.getPaneInformation().getVerticalSplitPosition()).isZero();
            assertThat(sheet.getRow(0)).allSatisfy(cell -> {
                assertThat(book.getFontAt(cell.getCellStyle().getFontIndex()).getBold())
                        .isTrue();
                assertThat(sheet.getColumnWidth(cell.getColumnIndex()) / 256)
                        .as("the width of %s", cell)
                        .isGreaterThan(cell.getStringCellValue().length());
            });
        });
    }

    @Test
    void everyStatusHasItsColourAndPendingHasNone() {
        List<HotfixTargetRow> targets = new ArrayList<>();
        for (HotfixStatus status : HotfixStatus.values()) {
            targets.add(target(status.word(), status));
        }
        XSSFWorkbook book = report(targets, List.of());
        ConditionalFormattingEvaluator rules = new ConditionalFormattingEvaluator(
                book, book.getCreationHelper().createFormulaEvaluator());
        List<String> seen = IntStream.rangeClosed(1, targets.size())
                .mapToObj(r -> book.getSheet(SHEET).getRow(r).getCell(7))
                .map(cell -> cell + " " + colours(rules.getConditionalFormattingForCell(cell)))
                .toList();
        assertThat(seen)
                .containsExactly(
                        "pending []",
                        "in_progress [FFBDD7EE]",
                        "success [FFC6EFCE]",
                        "partial [FFFFEB9C]",
                        "failed [FFFFC7CE]",
                        "skipped [FFEDEDED]",
                        "undone [FFD9D2E9]",
                        "unknown [FFF8CBAD]");
        assertThat(rules.getConditionalFormattingForCell(
                        book.getSheet(SHEET).getRow(3).getCell(0)))
                .as("the server is called as a status is, and is none")
                .isNullOrEmpty();
    }

    @Test
    void aReportOfNothingHasHeadersOnly() {
        XSSFWorkbook book = report(List.of(), List.of());
        assertThat(names(book)).containsExactly("Steps");
        assertThat(book.getSheetAt(0).getLastRowNum()).isZero();
        assertThat(book.getSheetAt(0).getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:J1");
    }

    @Test
    void whatNoWorkbookCanShowIsRefusedByName() {
        Instant before = Instant.parse("1899-12-31T23:59:59Z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target(before, "A", HotfixStatus.SUCCESS, ""))
                .withMessage("runStarted: found 1899-12-31T23:59:59Z, expected a moment in the years 1900 to 9999");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> times(Optional.of(Instant.MAX), Optional.empty()))
                .withMessageStartingWith("started: found +1000000000-12-31");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> target(" ", HotfixStatus.SUCCESS))
                .withMessage("server: found a blank text, expected a name");
    }

    private static HotfixTargetRow times(Optional<Instant> started, Optional<Instant> completed) {
        return new HotfixTargetRow(
                "run-1", RUN, "A", "", "", "", "", "", "", HotfixStatus.PENDING, false, "", started, completed);
    }

    private static List<String> colours(List<EvaluationConditionalFormatRule> rules) {
        return rules == null
                ? List.of()
                : rules.stream().map(HotfixReportTest::colour).toList();
    }

    private static String colour(EvaluationConditionalFormatRule rule) {
        PatternFormatting pattern = rule.getRule().getPatternFormatting();
        return ((XSSFColor) pattern.getFillBackgroundColorColor()).getARGBHex();
    }
}
