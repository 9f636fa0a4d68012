package io.gds.database.testkit.mssql;

import java.util.Locale;

/**
 * A piece of a statement.
 *
 * @param kind what it is
 * @param text of names and strings what they mean, without their quotes
 * @param start where it begins in the text
 * @param end where it ends
 */
record SqlToken(Kind kind, String text, int start, int end) {
    /** What a piece is. */
    enum Kind {
        /** A keyword or a plain name. */
        WORD,
        /** A name in brackets or double quotes. */
        QUOTED,
        /** A text in quotes. */
        STRING,
        /** A whole number without sign. */
        NUMBER,
        /** A name with at least one @. */
        VARIABLE,
        /** One character of something else. */
        SYMBOL,
        /** Nothing follows. */
        END
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED;
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.toUpperCase(Locale.ROOT).equals(keyword);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }
}
