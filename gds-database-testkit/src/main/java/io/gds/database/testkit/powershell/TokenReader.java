package io.gds.database.testkit.powershell;

import io.gds.database.testkit.powershell.Token.Kind;
import io.gds.database.testkit.powershell.Token.Mode;
import org.jspecify.annotations.Nullable;

/** A place in a script, and the words from there on. */
class TokenReader {
    final Lexer lexer;
    private int offset;
    private @Nullable Token seen;
    private @Nullable Mode seenAs;

    TokenReader(Lexer lexer, int offset) {
        this.lexer = lexer;
        this.offset = offset;
    }

    /** Where the next word may begin. */
    final int offset() {
        return offset;
    }

    final void moveTo(int place) {
        offset = place;
        seen = null;
    }

    final Token peek(Mode mode) {
        if (seen == null || seenAs != mode) {
            seen = lexer.next(offset, mode);
            seenAs = mode;
        }
        return seen;
    }

    final Token take(Mode mode) {
        Token token = peek(mode);
        moveTo(token.end());
        return token;
    }

    /** Takes the symbol when it comes next. */
    final boolean takeIf(String symbol) {
        boolean there = peek(Mode.EXPRESSION).is(symbol);
        if (there) {
            take(Mode.EXPRESSION);
        }
        return there;
    }

    final Token expect(String symbol) {
        Token token = take(Mode.EXPRESSION);
        if (!token.is(symbol)) {
            throw wrong("expected " + symbol, token);
        }
        return token;
    }

    final void skipNewlines() {
        while (peek(Mode.COMMAND).kind() == Kind.NEWLINE) {
            take(Mode.COMMAND);
        }
    }

    final void skipSeparators() {
        while (peek(Mode.COMMAND).kind() == Kind.NEWLINE || peek(Mode.COMMAND).is(";")) {
            take(Mode.COMMAND);
        }
    }

    /** Takes the keyword when it comes next, be it on a later line; else stays where it was. */
    final boolean takeKeyword(String keyword) {
        int before = offset;
        skipNewlines();
        if (peek(Mode.COMMAND).isWord(keyword)) {
            take(Mode.COMMAND);
            return true;
        }
        moveTo(before);
        return false;
    }

    /** The character right here, without looking past blanks; 0 at the end. */
    final char here() {
        return offset < text().length() ? text().charAt(offset) : '\0';
    }

    final String text() {
        return lexer.source().text();
    }

    final UnsupportedPowerShell wrong(String what, Token token) {
        return lexer.wrong(what + ", found " + (token.text().isEmpty() ? token.kind() : token.text()), token.start());
    }
}
