package io.gds.engine.mssql.internal.workbook;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.function.Predicate;
import org.dhatim.fastexcel.RichText;
import org.dhatim.fastexcel.Worksheet;

/**
 * One column of a table.
 *
 * @param title what stands above it
 * @param width in characters
 * @param cell how a row fills its cell
 * @param colours by the cell's text the colour behind it, as RRGGBB
 * @param <R> the rows
 */
public record Column<R>(String title, double width, Cell<R> cell, Map<String, String> colours) {
    private static final String MOMENT = "yyyy-mm-dd hh:mm:ss";
    /** Of any length: the brackets keep hours from beginning anew after a day. */
    private static final String SPAN = "[h]:mm:ss";

    private static final String TEXT = "@";
    private static final double SECONDS_OF_A_DAY = 86_400;

    /** Copies the map. */
    public Column {
        colours = Map.copyOf(colours);
    }

    /**
     * Fills one cell.
     *
     * @param <R> the rows
     */
    @FunctionalInterface
    public interface Cell<R> {
        /** Writes what a row has for this cell; nothing for an empty one. */
        void write(Worksheet sheet, int row, int column, R value);
    }

    /** Text, and never anything else: what looks like a formula is text as well. */
    public static <R> Column<R> text(String title, double width, Function<R, String> value) {
        return new Column<>(title, width, (s, r, c, v) -> text(s, r, c, value.apply(v)), Map.of());
    }

    /** One of a few words, each with a colour. */
    public static <R> Column<R> word(
            String title, double width, Function<R, String> value, Map<String, String> colours) {
        return new Column<>(title, width, (s, r, c, v) -> text(s, r, c, value.apply(v)), colours);
    }

    /** A whole number. */
    public static <R> Column<R> number(String title, double width, Function<R, OptionalInt> value) {
        return new Column<>(
                title,
                width,
                (s, r, c, v) -> value.apply(v).ifPresent(n -> s.value(r, c, Integer.valueOf(n))),
                Map.of());
    }

    /** True or false. */
    public static <R> Column<R> flag(String title, double width, Predicate<R> value) {
        return new Column<>(title, width, (s, r, c, v) -> s.value(r, c, Boolean.valueOf(value.test(v))), Map.of());
    }

    /** A date with its time in UTC, to the second; a date of Excel, from 1900 to 9999. */
    public static <R> Column<R> moment(String title, double width, Function<R, Optional<Instant>> value) {
        return new Column<>(
                title,
                width,
                (s, r, c, v) -> value.apply(v).ifPresent(at -> {
                    s.value(r, c, LocalDateTime.ofInstant(at.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC));
                    s.style(r, c).format(MOMENT).set();
                }),
                Map.of());
    }

    /** A length of time to the second, not negative. */
    public static <R> Column<R> span(String title, double width, Function<R, Optional<Duration>> value) {
        return new Column<>(
                title,
                width,
                (s, r, c, v) -> value.apply(v).ifPresent(span -> {
                    s.value(r, c, Double.valueOf(span.toSeconds() / SECONDS_OF_A_DAY));
                    s.style(r, c).format(SPAN).set();
                }),
                Map.of());
    }

    /** In the cell itself and not in the workbook's table of texts, which would be held in memory to the end. */
    private static void text(Worksheet sheet, int row, int column, String value) {
        String text = CellText.of(value);
        if (text.isEmpty()) {
            return;
        }
        if (CellText.hasOuterBlanks(text)) {
            sheet.inlineString(row, column, RichText.builder().run(text).end().build());
        } else {
            sheet.inlineString(row, column, text);
        }
        if (CellText.looksLikeFormula(text)) {
            sheet.style(row, column).format(TEXT).set();
        }
    }
}
