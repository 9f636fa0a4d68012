package io.gds.database.testkit.mssql;

import io.gds.database.testkit.tds.SqlFailure;
import io.gds.database.testkit.tds.SqlParameter;
import java.util.List;

/** Walks over the pieces of a batch. What does not fit is a loud error. Not thread-safe. */
final class SqlCursor {
    private final String text;
    private final List<SqlToken> tokens;
    private final List<SqlParameter> parameters;
    private int at;

    SqlCursor(String text, List<SqlParameter> parameters) throws SqlFailure {
        this.text = text;
        this.tokens = SqlLexer.read(text);
        this.parameters = List.copyOf(parameters);
    }

    SqlToken peek() {
        return tokens.get(at);
    }

    SqlToken next() {
        SqlToken token = tokens.get(at);
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    boolean isOver() {
        return peek().kind() == SqlToken.Kind.END;
    }

    /** Whether these words come next; they are passed when they do. */
    boolean take(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!tokens.get(Math.min(at + i, tokens.size() - 1)).isWord(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    boolean takeSymbol(String symbol) {
        if (peek().isSymbol(symbol)) {
            next();
            return true;
        }
        return false;
    }

    SqlCursor expect(String... words) throws SqlFailure {
        if (!take(words)) {
            throw unknown();
        }
        return this;
    }

    SqlCursor symbol(String symbol) throws SqlFailure {
        if (!takeSymbol(symbol)) {
            throw unknown();
        }
        return this;
    }

    /** A name, quoted or not. */
    String name() throws SqlFailure {
        if (!peek().isName()) {
            throw unknown();
        }
        return next().text();
    }

    String string() throws SqlFailure {
        if (peek().kind() != SqlToken.Kind.STRING) {
            throw unknown();
        }
        return next().text();
    }

    /** A number, with a sign or not, or a parameter that is one. */
    long number() throws SqlFailure {
        if (peek().kind() == SqlToken.Kind.VARIABLE) {
            return parameter();
        }
        boolean negative = takeSymbol("-");
        if (peek().kind() != SqlToken.Kind.NUMBER) {
            throw unknown();
        }
        try {
            return Long.parseLong((negative ? "-" : "") + next().text());
        } catch (NumberFormatException e) {
            throw unknown();
        }
    }

    private long parameter() throws SqlFailure {
        String name = next().text();
        for (SqlParameter p : parameters) {
            if (p.name().equalsIgnoreCase(name) && p.value() instanceof Number n) {
                return n.longValue();
            }
        }
        throw unknown();
    }

    /** One of the names of an enum, without quotes. */
    <E extends Enum<E>> E oneOf(Class<E> type) throws SqlFailure {
        for (E value : type.getEnumConstants()) {
            if (take(value.name())) {
                return value;
            }
        }
        throw unknown();
    }

    /** All to the end of the statement, as it stands there. */
    String rest() {
        int from = peek().start();
        int to = from;
        while (!isOver() && !peek().isSymbol(";")) {
            to = next().end();
        }
        return text.substring(from, to);
    }

    /** 102, which is also what the server says: with where the model gave up. */
    SqlFailure unknown() {
        String near = isOver() ? "the end" : text.substring(peek().start(), peek().end());
        return new SqlFailure(
                102,
                1,
                15,
                "the model does not know this statement: " + text.strip() + " -- Incorrect syntax near " + near);
    }
}
