package io.gds.database.testkit.powershell;

import io.gds.database.testkit.powershell.Token.Kind;
import io.gds.database.testkit.powershell.Token.Mode;
import java.util.ArrayList;
import java.util.List;

/** Understands commands: a name and what is given to it. */
final class CommandParser {
    private final Parser parser;
    private final ExpressionParser expressions;

    CommandParser(Parser parser, ExpressionParser expressions) {
        this.parser = parser;
        this.expressions = expressions;
    }

    /** Whether a part of a pipeline that begins with this is a command, and not an expression. */
    boolean begins(Token token) {
        return token.kind() == Kind.WORD || token.is("&") || token.is(".");
    }

    Ast.Command command() {
        Token first = parser.take(Mode.COMMAND);
        String operator = "";
        Ast.Expression name = new Ast.Literal(first.at(), first.text());
        if (first.kind() != Kind.WORD) {
            operator = first.text();
            Token token = parser.peek(Mode.ARGUMENT);
            name = argument(token);
        }
        List<Ast.Element> elements = new ArrayList<>();
        List<Ast.Redirection> redirections = new ArrayList<>();
        Token token = parser.peek(Mode.ARGUMENT);
        while (!ends(token)) {
            if (token.kind() == Kind.REDIRECTION) {
                redirections.add(redirection());
            } else if (token.kind() == Kind.PARAMETER) {
                elements.add(named());
            } else if (token.kind() == Kind.SPLAT) {
                elements.add(new Ast.Splat(parser.take(Mode.ARGUMENT).at(), token.text()));
            } else if (token.isWord("--%")) {
                elements.add(verbatim());
            } else {
                elements.add(new Ast.Argument(token.at(), list()));
            }
            token = parser.peek(Mode.ARGUMENT);
        }
        return new Ast.Command(first.at(), operator, name, List.copyOf(elements), List.copyOf(redirections));
    }

    private static boolean ends(Token token) {
        boolean closes = token.is("|") || token.is(";") || token.is(")") || token.is("}");
        return token.kind() == Kind.END || token.kind() == Kind.NEWLINE || closes;
    }

    private Ast.Redirection redirection() {
        Token token = parser.take(Mode.ARGUMENT);
        if (token.text().endsWith("&1")) {
            return new Ast.Redirection(token.at(), token.text(), new Ast.Literal(token.at(), null));
        }
        return new Ast.Redirection(token.at(), token.text(), argument(parser.peek(Mode.ARGUMENT)));
    }

    private Ast.Named named() {
        Token token = parser.take(Mode.ARGUMENT);
        if (!token.text().endsWith(":")) {
            return new Ast.Named(token.at(), token.text(), null);
        }
        return new Ast.Named(token.at(), token.text().substring(0, token.text().length() - 1), list());
    }

    /** To the end of the line; what would be expanded there, or end it earlier, is not modelled. */
    private Ast.Verbatim verbatim() {
        Token mark = parser.take(Mode.ARGUMENT);
        int end = mark.end();
        while (end < parser.text().length() && "\r\n".indexOf(parser.text().charAt(end)) < 0) {
            if ("%|&".indexOf(parser.text().charAt(end)) >= 0) {
                throw parser.wrong("a character with a meaning behind --%", mark);
            }
            end++;
        }
        parser.moveTo(end);
        return new Ast.Verbatim(
                mark.at(), parser.text().substring(mark.end(), end).strip());
    }

    /** One argument, or several with commas: an array. */
    private Ast.Expression list() {
        Token first = parser.peek(Mode.ARGUMENT);
        Ast.Expression expression = argument(first);
        if (!parser.peek(Mode.ARGUMENT).is(",")) {
            return expression;
        }
        List<Ast.Expression> items = new ArrayList<>(List.of(expression));
        while (parser.peek(Mode.ARGUMENT).is(",")) {
            parser.take(Mode.ARGUMENT);
            parser.skipNewlines();
            items.add(argument(parser.peek(Mode.ARGUMENT)));
        }
        return new Ast.Items(first.at(), List.copyOf(items));
    }

    private Ast.Expression argument(Token token) {
        return switch (token.kind()) {
            case WORD -> new Ast.Literal(parser.take(Mode.ARGUMENT).at(), token.text());
            case NUMBER -> new Ast.BareNumber(parser.take(Mode.ARGUMENT).at(), token.text(), token.value());
            case EXPANDABLE -> {
                parser.take(Mode.ARGUMENT);
                yield expressions.postfix(new Ast.Text(token.at(), token.parts()));
            }
            case VARIABLE, STRING -> expressions.primary();
            case SYMBOL -> {
                if (token.is("(") || token.is("$(") || token.is("@(") || token.is("@{") || token.is("{")) {
                    yield expressions.primary();
                }
                throw parser.wrong("expected an argument", token);
            }
            default -> throw parser.wrong("expected an argument", token);
        };
    }
}
