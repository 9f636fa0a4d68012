package io.gds.engine.mssql.internal.workbook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.zip.ZipFile;
import org.apache.poi.ss.SpreadsheetVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TableSheetsTest {
    @TempDir
    Path directory;

    @Test
    void theLimitsAreThoseOfExcel() {
        assertThat(TableSheets.LIMIT).isEqualTo(SpreadsheetVersion.EXCEL2007.getMaxRows());
        assertThat(CellText.LIMIT).isEqualTo(SpreadsheetVersion.EXCEL2007.getMaxTextLength());
    }

    @Test
    void aSheetIsFilledToItsVeryLastRow() throws IOException {
        Path file = directory.resolve("full.xlsx");
        List<Column<Integer>> columns = List.of(Column.number("n", 10, OptionalInt::of));
        BookFile.write(file, book -> {
            TableSheets<Integer> table = new TableSheets<>(book, "All", columns, TableSheets.LIMIT);
            for (int i = 1; i <= TableSheets.LIMIT; i++) {
                table.add(i);
            }
            table.end();
        });
        assertThat(end(file, "xl/worksheets/sheet1.xml"))
                .contains(
                        "<row r=\"1048576\"><c r=\"A1048576\" t=\"n\"><v>1048575</v></c></row></sheetData>",
                        "<autoFilter ref=\"A1:A1048576\">");
        assertThat(end(file, "xl/worksheets/sheet2.xml"))
                .contains("<row r=\"2\"><c r=\"A2\" t=\"n\"><v>1048576</v></c></row></sheetData>");
    }

    @Test
    void aWordThatWouldBreakARuleIsADefect() {
        List<Column<String>> columns = List.of(Column.word("w", 10, w -> w, Map.of("a\"b", "FFFFFF")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> BookFile.write(directory.resolve("a.xlsx"), book -> {
                    TableSheets<String> table = new TableSheets<>(book, "All", columns, 10);
                    table.add("a\"b");
                    table.end();
                }))
                .withMessageContaining("plain words");
        assertThat(directory).isEmptyDirectory();
    }

    /** The last thousand characters: a whole sheet of a million rows would be too much to parse. */
    private static String end(Path file, String part) throws IOException {
        StringBuilder end = new StringBuilder();
        try (ZipFile zip = new ZipFile(file.toFile());
                Reader in = new BufferedReader(
                        new InputStreamReader(zip.getInputStream(zip.getEntry(part)), StandardCharsets.UTF_8))) {
            char[] buffer = new char[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                end.append(buffer, 0, n);
                end.delete(0, Math.max(0, end.length() - 1000));
            }
        }
        return end.toString();
    }
}
