package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;

/** Collects what an expandable string is made of: text, variables and subexpressions. */
final class TextParts {
    private final Lexer lexer;
    private final String text;
    private final List<Ast.Expression> parts = new ArrayList<>();
    private final StringBuilder plain = new StringBuilder();
    private Position plainAt = Position.NOWHERE;

    TextParts(Lexer lexer) {
        this.lexer = lexer;
        this.text = lexer.source().text();
    }

    void add(char c) {
        plain.append(c);
    }

    void add(String more) {
        plain.append(more);
    }

    /** Takes what stands here, and gives where to go on. */
    int take(int i) {
        char c = text.charAt(i);
        if (plain.length() == 0) {
            plainAt = lexer.at(i);
        }
        if (c == '`' && i + 1 < text.length()) {
            return escaped(i);
        }
        if (c != '$') {
            plain.append(c);
            return i + 1;
        }
        if (text.startsWith("$(", i)) {
            flush();
            Parser inner = new Parser(lexer, i + 2);
            Ast.Block block = inner.statementsUntil(")");
            parts.add(new Ast.Sub(lexer.at(i), block));
            return inner.offset();
        }
        int end = lexer.variableEnd(i);
        if (end == i) {
            plain.append(c);
            return i + 1;
        }
        if (end < text.length() && text.charAt(end) == ':' && text.charAt(i + 1) != '{') {
            throw lexer.wrong("a colon right behind a variable in a string (write ${name}:)", i);
        }
        flush();
        parts.add(new Ast.Variable(lexer.at(i), lexer.variableName(i, end)));
        return end;
    }

    private int escaped(int i) {
        char c = text.charAt(i + 1);
        if (c == '\r' || c == '\n') {
            return text.indexOf('\n', i) + 1;
        }
        plain.append(unescape(c));
        return i + 2;
    }

    static char unescape(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case '0' -> '\0';
            case 'a' -> '\u0007';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'v' -> '\u000b';
            default -> c;
        };
    }

    private void flush() {
        if (plain.length() > 0) {
            parts.add(new Ast.Literal(plainAt, plain.toString()));
            plain.setLength(0);
        }
    }

    List<Ast.Expression> parts() {
        flush();
        return List.copyOf(parts);
    }
}
