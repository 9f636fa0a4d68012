package io.gds.database.testkit.powershell;

import io.gds.database.testkit.powershell.Token.Kind;
import java.util.List;

/** Reads a word without quotes around it: the name of a command, a path, a switch of a program, a number. */
final class BareWord {
    private final Lexer lexer;
    private final String text;
    private final int start;
    private final boolean spaced;

    BareWord(Lexer lexer, int start, boolean spaced) {
        this.lexer = lexer;
        this.text = lexer.source().text();
        this.start = start;
        this.spaced = spaced;
    }

    Token read() {
        TextParts parts = new TextParts(lexer);
        int i = start;
        boolean plain = true;
        while (i < text.length() && !ends(text.charAt(i))) {
            char c = text.charAt(i);
            if (c == '\'' || c == '"') {
                Token quoted = new QuotedText(lexer, i, false).read();
                if (quoted.kind() == Kind.EXPANDABLE
                        && quoted.parts().stream().anyMatch(p -> !(p instanceof Ast.Literal))) {
                    throw lexer.wrong("a string with variables inside a word", i);
                }
                parts.add(quoted.kind() == Kind.STRING ? quoted.text() : literal(quoted));
                plain = false;
                i = quoted.end();
            } else {
                plain &= c != '`' && c != '$';
                i = parts.take(i);
            }
        }
        String raw = text.substring(start, i);
        if (plain) {
            Object number = NumberText.value(raw);
            return number == null
                    ? lexer.token(Kind.WORD, raw, start, i, spaced)
                    : new Token(Kind.NUMBER, raw, number, List.of(), lexer.at(start), start, i, spaced);
        }
        return new Token(Kind.EXPANDABLE, "", null, parts.parts(), lexer.at(start), start, i, spaced);
    }

    private static String literal(Token quoted) {
        StringBuilder out = new StringBuilder();
        for (Ast.Expression part : quoted.parts()) {
            if (part instanceof Ast.Literal literal) {
                out.append(literal.value());
            }
        }
        return out.toString();
    }

    private static boolean ends(char c) {
        return Character.isWhitespace(c) || "(){};,|&<>".indexOf(c) >= 0;
    }
}
