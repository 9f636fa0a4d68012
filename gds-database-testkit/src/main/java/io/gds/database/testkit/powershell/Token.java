package io.gds.database.testkit.powershell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A word of a script.
 *
 * @param text a symbol, a bare word, the name of a variable or parameter, an operator without its dash, in lower case
 * @param value the number, or the string of a literal
 * @param parts what an expandable string is made of
 * @param start where it begins
 * @param end where the next one may begin
 * @param spaced whether something stands between it and the one before
 */
record Token(
        Kind kind,
        String text,
        @Nullable Object value,
        List<Ast.Expression> parts,
        Position at,
        int start,
        int end,
        boolean spaced) {
    /** What it is. */
    enum Kind {
        END,
        NEWLINE,
        SYMBOL,
        OPERATOR,
        WORD,
        PARAMETER,
        VARIABLE,
        SPLAT,
        NUMBER,
        STRING,
        EXPANDABLE,
        REDIRECTION
    }

    /** How the reader reads: the same characters mean different things at different places. */
    enum Mode {
        /** At the beginning of a part of a pipeline: a command's name or an expression. */
        COMMAND,
        /** In an expression. */
        EXPRESSION,
        /** After a command's name. */
        ARGUMENT,
        /** After a dot or two colons. */
        MEMBER,
        /** Before the equals sign of an entry. */
        KEY
    }

    boolean is(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isOperator(String name) {
        return kind == Kind.OPERATOR && text.equals(name);
    }
}
