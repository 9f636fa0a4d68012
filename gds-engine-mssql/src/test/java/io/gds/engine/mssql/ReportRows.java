package io.gds.engine.mssql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.apache.poi.openxml4j.util.ZipSecureFile;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/** Rows of reports, and reports read again. */
final class ReportRows {
    static final Instant RUN = Instant.parse("2026-03-14T20:00:00Z");
    static final Instant STARTED = Instant.parse("2026-03-14T20:05:06.789Z");
    static final Instant COMPLETED = Instant.parse("2026-03-14T20:35:07.789Z");

    private ReportRows() {}

    static HotfixTargetRow target(String server, HotfixStatus status) {
        return target(RUN, server, status, "");
    }

    static HotfixTargetRow target(Instant run, String server, HotfixStatus status, String error) {
        return new HotfixTargetRow(
                "run-1",
                run,
                server,
                "SALES",
                "production",
                "2022",
                "16.0.4135.4",
                "16.0.4165.4",
                "16.0.4165.4",
                status,
                true,
                error,
                Optional.of(STARTED),
                Optional.of(COMPLETED));
    }

    static HotfixStepRow step(int order, OptionalInt exitCode, String output) {
        return new HotfixStepRow(
                "run-1",
                "SQL01",
                order,
                "SQLServer2022-KB5048038-x64.exe",
                HotfixStatus.SUCCESS,
                Optional.of(STARTED),
                Optional.of(COMPLETED),
                exitCode,
                output);
    }

    static HotfixStepRow said(String output) {
        return step(1, OptionalInt.of(0), output);
    }

    static XSSFWorkbook written(HotfixReport report, Path directory) {
        Path file = directory.resolve("report.xlsx");
        report.write(file);
        return read(file);
    }

    static XSSFWorkbook read(Path file) {
        ZipSecureFile.setMinInflateRatio(0); // long outputs of one letter are no attack here
        try (InputStream in = Files.newInputStream(file)) {
            return new XSSFWorkbook(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static List<String> names(XSSFWorkbook book) {
        return IntStream.range(0, book.getNumberOfSheets())
                .mapToObj(book::getSheetName)
                .toList();
    }

    static List<String> texts(XSSFSheet sheet, int row) {
        return IntStream.range(0, sheet.getRow(row).getLastCellNum())
                .mapToObj(c -> String.valueOf(sheet.getRow(row).getCell(c)))
                .toList();
    }
}
