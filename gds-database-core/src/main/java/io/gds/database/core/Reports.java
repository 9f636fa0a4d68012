package io.gds.database.core;

import io.gds.database.core.internal.report.HtmlReport;
import io.gds.database.core.internal.report.JsonReport;
import io.gds.database.core.internal.report.ReportSource;
import io.gds.database.core.internal.report.TextReport;
import io.gds.database.error.GdsDatabaseException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Reports of a run: what happened, what users felt, who decided what, and what to do now. Made from the run's record
 * only, so any process can make them at any time, also while the run goes on. Thread-safe.
 */
public final class Reports {
    private Reports() {}

    /** The report as plain text. */
    public static String text(RunRecord run) {
        return TextReport.render(source(run));
    }

    /** The report as a JSON object; its keys are those of {@code docs/report-format.md}. */
    public static String json(RunRecord run) {
        return JsonReport.render(source(run));
    }

    /** The report as one HTML page that loads nothing. */
    public static String html(RunRecord run) {
        return HtmlReport.render(source(run));
    }

    /**
     * Writes the HTML report. The file is there whole or not at all; one that was there is replaced.
     *
     * @param run the run
     * @param file where to, in a directory that exists
     * @throws GdsDatabaseException with code {@code GDS-REPORT-WRITE} when the file cannot be written
     */
    public static void writeHtml(RunRecord run, Path file) {
        byte[] page = html(run).getBytes(StandardCharsets.UTF_8);
        Path target = file.toAbsolutePath();
        try {
            // Not createTempFile: its files are for the owner only, and the report keeps the mode of its temporary.
            Path temp = target.resolveSibling(".report-" + UUID.randomUUID() + ".tmp");
            try {
                try (FileChannel c = FileChannel.open(temp, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                    ByteBuffer left = ByteBuffer.wrap(page);
                    while (left.hasRemaining()) {
                        c.write(left);
                    }
                    c.force(true);
                }
                Files.move(temp, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(temp);
            }
        } catch (IOException e) {
            throw GdsDatabaseException.environment("GDS-REPORT-WRITE")
                    .message("the report of run " + run.run() + " could not be written to " + target + ": " + e + ".")
                    .remedy("name a file in a directory that exists and may be written.")
                    .cause(e)
                    .build();
        }
    }

    private static ReportSource source(RunRecord r) {
        return new ReportSource(r.run(), r.plan(), r.status(), r.createdAt(), r.events());
    }
}
