package io.gds.engine.mssql;

import static io.gds.engine.mssql.ReportRows.RUN;
import static io.gds.engine.mssql.ReportRows.names;
import static io.gds.engine.mssql.ReportRows.read;
import static io.gds.engine.mssql.ReportRows.said;
import static io.gds.engine.mssql.ReportRows.target;
import static io.gds.engine.mssql.ReportRows.written;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a report: whole or not at all, and of any length. */
class HotfixReportFileTest {
    private static final int MANY = 100_000;
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    Path directory;

    @Test
    void nobodySeesHalfAFile() throws IOException {
        Path file = directory.resolve("report.xlsx");
        Files.writeString(file, "the old one");
        List<String> seen = new ArrayList<>();
        HotfixReport.of(List.of(), rows(500, i -> said("x".repeat(10_000)), i -> seen.add(text(file))))
                .write(file);
        assertThat(seen).hasSize(500).containsOnly("the old one");
        assertThat(read(file).getSheet("Steps").getLastRowNum()).isEqualTo(500);
        assertThat(files()).containsExactly("report.xlsx");
    }

    @Test
    void whenRowsCannotBeHadTheOldFileStaysAndNothingElse() throws IOException {
        Path file = directory.resolve("report.xlsx");
        Files.writeString(file, "the old one");
        IllegalStateException broken = new IllegalStateException("the connection broke");
        Iterable<HotfixStepRow> steps = rows(500, i -> said("x"), i -> {
            if (i == 321) {
                throw broken;
            }
        });
        assertThatThrownBy(() -> HotfixReport.of(List.of(), steps).write(file)).isSameAs(broken);
        Iterable<HotfixTargetRow> targets = () -> {
            throw broken;
        };
        assertThatThrownBy(() -> HotfixReport.of(targets, List.of()).write(file))
                .isSameAs(broken);
        assertThat(file).hasContent("the old one");
        assertThat(files()).containsExactly("report.xlsx");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        GdsDatabaseException refused = refused(directory.resolve("reports/2026/report.xlsx"));
        assertThat(refused.code()).isEqualTo("GDS-REPORT-WRITE");
        assertThat(refused)
                .hasMessageContaining("there is no directory " + directory.resolve("reports/2026"))
                .hasMessageContaining("Remedy: make the directory");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aFileAmongTheDirectoriesIsNoDirectory() throws IOException {
        Path file = Files.writeString(directory.resolve("a"), "a file");
        assertThat(refused(file.resolve("report.xlsx"))).hasMessageContaining("there is no directory " + file);
    }

    @Test
    void aDirectoryIsNoFile() throws IOException {
        assertThat(refused(directory))
                .hasMessageContaining(directory + ": it is a directory")
                .hasMessageContaining("Remedy: name a file");
        assertThat(files()).isEmpty();
        assertThat(refused(Path.of("/"))).hasMessageContaining("it is a directory");
    }

    @Test
    void aFileThatCannotBeWrittenIsAClearError() {
        // The name is longer than a file system takes; what a directory may not do depends on who asks.
        GdsDatabaseException refused = refused(directory.resolve("r".repeat(300) + ".xlsx"));
        assertThat(refused.code()).isEqualTo("GDS-REPORT-WRITE");
        assertThat(refused.getCause()).isInstanceOf(IOException.class);
        assertThat(refused.remedy()).isNotEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void theFileHasTheModeOfEveryOtherOne() throws IOException {
        Path usual = Files.writeString(directory.resolve("usual"), "");
        Path file = directory.resolve("report.xlsx");
        HotfixReport.of(List.of(), List.of()).write(file);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo(PosixFilePermissions.toString(Files.getPosixFilePermissions(usual)));
    }

    @Test
    void whatDoesNotFitOnASheetGoesOnOnTheNext() {
        List<HotfixTargetRow> targets = IntStream.range(0, 7)
                .mapToObj(i -> target("S" + i, HotfixStatus.SUCCESS))
                .toList();
        List<HotfixStepRow> steps = IntStream.range(0, 6)
                .mapToObj(i -> ReportRows.step(i, OptionalInt.of(0), ""))
                .toList();
        XSSFWorkbook book = written(HotfixReport.of(targets, steps).rowsOfASheet(4), directory);
        assertThat(names(book))
                .containsExactly(
                        "2026 Hotfix Deployment",
                        "2026 Hotfix Deployment (2)",
                        "2026 Hotfix Deployment (3)",
                        "Steps",
                        "Steps (2)");
        assertThat(IntStream.range(0, 5).map(i -> book.getSheetAt(i).getLastRowNum()))
                .containsExactly(3, 3, 1, 3, 3);
        assertThat(book).allSatisfy(sheet -> assertThat(sheet.getRow(0).getLastCellNum())
                .isPositive());
        assertThat(book.getSheetAt(2).getRow(1).getCell(0).getStringCellValue()).isEqualTo("S6");
        assertThat(book.getSheetAt(4).getRow(3).getCell(2).getNumericCellValue())
                .isEqualTo(5);
        assertThat(book.getSheetAt(1).getCTWorksheet().getAutoFilter().getRef()).isEqualTo("A1:N4");
        assertThat(book.getSheetAt(1).getSheetConditionalFormatting().getNumConditionalFormattings())
                .isEqualTo(7);
    }

    @Test
    void aHundredThousandRowsAreWrittenAndNotHeld() throws IOException {
        Path file = directory.resolve("report.xlsx");
        List<Long> used = new ArrayList<>();
        IntConsumer measure = i -> {
            if (i % 9_900 == 99) {
                used.add(usedAfterCollection());
            }
        };
        HotfixReport.of(
                        rows(MANY, i -> target(RUN, "S" + i, HotfixStatus.FAILED, i + "e".repeat(300)), measure),
                        rows(MANY / 5, i -> said(i + "o".repeat(2_000)), measure))
                .write(file);
        assertThat(used)
                .as("a look at every 9900th row: of the years, the targets and the steps")
                .hasSize(11 + 11 + 3);
        assertThat(used.stream().mapToLong(u -> u - used.get(0)).max().orElseThrow())
                .as("what is held more than at the beginning; the texts alone have 70 MB")
                .isLessThan(20 * MEGABYTE);
        assertThat(Files.size(file)).isGreaterThan(MEGABYTE);
    }

    @Test
    void targetsThatAreOthersTheSecondTimeAreRefused() throws IOException {
        Iterator<Stream<HotfixTargetRow>> answers = Stream.of(
                        Stream.of(target("A", HotfixStatus.SUCCESS), target("B", HotfixStatus.SUCCESS)),
                        Stream.of(target("A", HotfixStatus.SUCCESS)))
                .iterator();
        Path file = directory.resolve("report.xlsx");
        assertThatThrownBy(() -> HotfixReport.of(() -> answers.next().iterator(), List.of())
                        .write(file))
                .isInstanceOf(GdsDatabaseException.class)
                .hasMessageContaining("GDS-REPORT-CHANGED")
                .hasMessageContaining("of 2026 found 1 of 1 rows, expected 2 of 2")
                .hasMessageContaining("Remedy: ");
        assertThat(files()).isEmpty();
    }

    private static GdsDatabaseException refused(Path file) {
        GdsDatabaseException refused = catchThrowableOfType(
                GdsDatabaseException.class, () -> HotfixReport.of(List.of(target("A", HotfixStatus.SUCCESS)), List.of())
                        .write(file));
        assertThat(refused).isNotNull();
        return refused;
    }

    /** Rows that are made when they are asked for; somebody looks before each one. */
    private static <R> Iterable<R> rows(int count, IntFunction<R> row, IntConsumer before) {
        return () -> IntStream.range(0, count).peek(before).mapToObj(row).iterator();
    }

    private static long usedAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(p -> p.getFileName().toString()).sorted().toList();
        }
    }
}
