package io.gds.engine.mssql;

import static io.gds.engine.mssql.ReportRows.RUN;
import static io.gds.engine.mssql.ReportRows.said;
import static io.gds.engine.mssql.ReportRows.target;
import static io.gds.engine.mssql.ReportRows.written;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.zip.ZipFile;
import org.apache.poi.ss.SpreadsheetVersion;
import org.apache.poi.ss.usermodel.Cell;
import org.apache.poi.ss.usermodel.CellType;
import org.apache.poi.ss.usermodel.Row;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a server or an installer says, a report holds it as text, and Excel can open the file. */
class HotfixReportTextTest {
    @TempDir
    Path directory;

    private Cell output(String text) {
        XSSFWorkbook book = written(HotfixReport.of(List.of(), List.of(said(text))), directory);
        return book.getSheet("Steps").getRow(1).getCell(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"quoted\" and 'quoted'",
                "<f>1+1</f> & ]]> <!-- -->",
                "\u00c4\u00f6\u00fc\u00df \u65e5\u672c\u8a9e",
                "an emoji \ud83d\ude00 and one of two \ud83d\udc69\u200d\ud83d\udcbb",
                "  blanks at both ends  ",
                "a line\n\tand the next\n",
                "_x0041_ and _x005F_x0042_ and _x000a_x000D_",
                "100%"
            })
    void aTextComesBackAsItWas(String text) {
        Cell cell = output(text);
        assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
        assertThat(cell.getStringCellValue()).isEqualTo(text);
    }

    @Test
    void lineEndsOfWindowsBecomeThoseOfExcel() {
        assertThat(output("one\r\ntwo\rthree\n").getStringCellValue()).isEqualTo("one\ntwo\nthree\n");
    }

    @Test
    void charactersThatXmlDoesNotHaveAreReplaced() {
        assertThat(output("a\u0000b\u001b[31mc\u000bd\uffffe\ud83dz\ude00").getStringCellValue())
                .isEqualTo("a\ufffdb\ufffd[31mc\ufffdd\ufffde\ufffdz\ufffd");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "=cmd|' /C calc'!A0",
                "+1-1",
                "-2+3",
                "@SUM(1,1)",
                "=HYPERLINK(\"http://a.example\",\"x\")",
                "\t=1+1",
                "\r=1+1",
                "{=1+1}"
            })
    void aTextThatLooksLikeAFormulaIsTextInEveryColumn(String text) throws IOException {
        Optional<java.time.Instant> never = Optional.empty();
        HotfixTargetRow row = new HotfixTargetRow(
                text, RUN, text, text, text, text, text, text, text, HotfixStatus.FAILED, false, text, never, never);
        HotfixStepRow step =
                new HotfixStepRow(text, text, 1, text, HotfixStatus.FAILED, never, never, OptionalInt.empty(), text);
        XSSFWorkbook book = written(HotfixReport.of(List.of(row), List.of(step)), directory);
        int texts = 0;
        for (Sheet sheet : book) {
            for (Row each : sheet) {
                for (Cell cell : each) {
                    assertThat(cell.getCellType())
                            .as("%s %s", sheet.getSheetName(), cell.getAddress())
                            .isNotEqualTo(CellType.FORMULA);
                    if (cell.getRowIndex() > 0 && cell.toString().endsWith(text.strip())) {
                        assertThat(cell.getCellType()).isEqualTo(CellType.STRING);
                        texts++;
                    }
                }
            }
        }
        assertThat(texts).isEqualTo(13);
        assertThat(part("xl/worksheets/sheet1.xml") + part("xl/worksheets/sheet2.xml"))
                .doesNotContain("<f>", "<f ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"=1+1", "+1", "-1", "@a"})
    void itStaysTextWhenSomebodyEditsTheCell(String text) {
        assertThat(output(text).getCellStyle().getDataFormatString()).isEqualTo("@");
        assertThat(output("a" + text).getCellStyle().getDataFormatString()).isEqualTo("General");
    }

    @Test
    void aLongOutputIsCutAtWhatExcelHoldsAndSaysSo() {
        int limit = SpreadsheetVersion.EXCEL2007.getMaxTextLength();
        assertThat(output("x".repeat(limit)).getStringCellValue()).isEqualTo("x".repeat(limit));
        String cut = output("x".repeat(100_000)).getStringCellValue();
        assertThat(cut).hasSize(limit).startsWith("xxx").endsWith("x\n[cut: 100000 characters in all]");
    }

    @Test
    void noPairOfACharacterIsCutInTwo() {
        String cut = output("a" + "\ud83d\ude00".repeat(20_000)).getStringCellValue();
        assertThat(cut.length()).isBetween(32_766, 32_767);
        assertThat(cut).contains("\ud83d\ude00\n[cut: 40001").doesNotContain("\ufffd");
    }

    @Test
    void errorsOfTargetsAreCutToo() {
        XSSFWorkbook book = written(
                HotfixReport.of(List.of(target(RUN, "A", HotfixStatus.FAILED, "_x0041_".repeat(10_000))), List.of()),
                directory);
        String read = book.getSheetAt(0).getRow(1).getCell(9).getStringCellValue();
        assertThat(read).startsWith("_x0041__x0041_").endsWith("[cut: 70000 characters in all]");
        assertThat(read.length()).isLessThanOrEqualTo(32_767);
    }

    private String part(String name) throws IOException {
        try (ZipFile zip = new ZipFile(directory.resolve("report.xlsx").toFile())) {
            return new String(zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
