package io.gds.database.testkit.powershell;

import io.gds.database.testkit.powershell.Token.Kind;
import io.gds.database.testkit.powershell.Token.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Understands expressions. */
final class ExpressionParser {
    /** Weakest first. The comma binds stronger than all of them. */
    private static final List<Set<String>> LEVELS = List.of(
            Set.of("and", "or", "xor"),
            Set.of("band", "bor", "bxor"),
            Set.of(
                    "eq",
                    "ne",
                    "gt",
                    "ge",
                    "lt",
                    "le",
                    "like",
                    "notlike",
                    "match",
                    "notmatch",
                    "split",
                    "join",
                    "replace",
                    "contains",
                    "notcontains",
                    "in",
                    "notin",
                    "is",
                    "isnot",
                    "as",
                    "ieq",
                    "ceq",
                    "cne",
                    "cmatch",
                    "clike",
                    "creplace"),
            Set.of("+", "-"),
            Set.of("*", "/", "%"),
            Set.of("f"),
            Set.of(".."));

    private final Parser parser;

    ExpressionParser(Parser parser) {
        this.parser = parser;
    }

    Ast.Expression parse() {
        return binary(0, true);
    }

    /** One that ends at a comma, as arguments of methods do. */
    Ast.Expression single() {
        return binary(0, false);
    }

    private Ast.Expression binary(int level, boolean commas) {
        if (level == LEVELS.size()) {
            return commas ? items() : unary();
        }
        Ast.Expression left = binary(level + 1, commas);
        Token operator = parser.peek(Mode.EXPRESSION);
        while (isOf(level, operator)) {
            parser.take(Mode.EXPRESSION);
            parser.skipNewlines();
            left = new Ast.Binary(left.at(), operator.text(), left, binary(level + 1, commas));
            operator = parser.peek(Mode.EXPRESSION);
        }
        return left;
    }

    private static boolean isOf(int level, Token token) {
        return (token.kind() == Kind.OPERATOR || token.kind() == Kind.SYMBOL)
                && LEVELS.get(level).contains(token.text());
    }

    private Ast.Expression items() {
        Ast.Expression first = unary();
        if (!parser.peek(Mode.EXPRESSION).is(",")) {
            return first;
        }
        List<Ast.Expression> items = new ArrayList<>(List.of(first));
        while (parser.takeIf(",")) {
            parser.skipNewlines();
            items.add(unary());
        }
        return new Ast.Items(first.at(), List.copyOf(items));
    }

    private Ast.Expression unary() {
        Token token = parser.peek(Mode.EXPRESSION);
        if (token.kind() == Kind.OPERATOR) {
            return switch (token.text()) {
                case "not", "bnot", "split", "join" -> {
                    parser.take(Mode.EXPRESSION);
                    yield new Ast.Unary(token.at(), token.text(), unary());
                }
                default -> throw parser.wrong("expected an expression", token);
            };
        }
        if (token.kind() != Kind.SYMBOL) {
            return primary();
        }
        switch (token.text()) {
            case "!":
            case "-":
            case "+":
                parser.take(Mode.EXPRESSION);
                return new Ast.Unary(token.at(), token.is("!") ? "not" : token.text(), unary());
            case ",":
                parser.take(Mode.EXPRESSION);
                return new Ast.Items(token.at(), List.of(unary()));
            case "++":
            case "--":
                parser.take(Mode.EXPRESSION);
                return new Ast.Step(token.at(), token.text(), unary(), true);
            case "[":
                return typed();
            default:
                return primary();
        }
    }

    /** A type, or a cast to it. */
    private Ast.Expression typed() {
        Token open = parser.take(Mode.EXPRESSION);
        String name = closedTypeName();
        Token next = parser.peek(Mode.EXPRESSION);
        boolean member = next.is("::") || (next.is(".") && !next.spaced());
        boolean operand = next.kind() == Kind.VARIABLE
                || next.kind() == Kind.NUMBER
                || next.kind() == Kind.STRING
                || next.kind() == Kind.EXPANDABLE
                || next.is("(")
                || next.is("$(")
                || next.is("@(")
                || next.is("@{")
                || next.is("[")
                || next.is("{")
                || next.is("-");
        if (!member && operand) {
            return new Ast.Cast(open.at(), name, unary());
        }
        return postfix(new Ast.Type(open.at(), name));
    }

    /** The name of a type, after its opening bracket; takes the closing one too. */
    String closedTypeName() {
        String name = typeName();
        parser.expect("]");
        return name;
    }

    /** The name of a type or an attribute; the bracket, or the parenthesis behind it, stays. */
    String typeName() {
        int start = parser.offset();
        int depth = 0;
        int i = start;
        String text = parser.text();
        while (i < text.length() && "\n;{}='\"$(".indexOf(text.charAt(i)) < 0) {
            char c = text.charAt(i);
            depth += c == '[' ? 1 : 0;
            if (c == ']' && depth-- == 0) {
                break;
            }
            i++;
        }
        if (i == start || i >= text.length() || (text.charAt(i) != ']' && text.charAt(i) != '(')) {
            throw parser.lexer.wrong("type", start);
        }
        parser.moveTo(i);
        return text.substring(start, i).trim();
    }

    Ast.Expression primary() {
        Token token = parser.take(Mode.EXPRESSION);
        Ast.Expression value =
                switch (token.kind()) {
                    case VARIABLE -> new Ast.Variable(token.at(), token.text());
                    case NUMBER, STRING -> new Ast.Literal(token.at(), token.value());
                    case EXPANDABLE -> new Ast.Text(token.at(), token.parts());
                    case SYMBOL -> bracketed(token);
                    default -> throw parser.wrong("expected an expression", token);
                };
        return postfix(value);
    }

    private Ast.Expression bracketed(Token open) {
        return switch (open.text()) {
            case "(" -> {
                parser.skipNewlines();
                Ast.Statement statement = parser.pipeline();
                parser.skipNewlines();
                parser.expect(")");
                yield new Ast.Paren(open.at(), statement);
            }
            case "$(" -> new Ast.Sub(open.at(), parser.statementsUntil(")"));
            case "@(" -> new Ast.ArrayOf(open.at(), parser.statementsUntil(")"));
            case "@{" -> table(open);
            case "{" -> new Ast.Code(open.at(), parser.body("}"));
            default -> throw parser.wrong("expected an expression", open);
        };
    }

    private Ast.Expression table(Token open) {
        List<Ast.Entry> entries = new ArrayList<>();
        parser.skipSeparators();
        while (!parser.takeIf("}")) {
            Token key = parser.peek(Mode.KEY);
            Ast.Expression name = key.kind() == Kind.WORD
                    ? new Ast.Literal(parser.take(Mode.KEY).at(), key.text())
                    : unary();
            parser.expect("=");
            parser.skipNewlines();
            entries.add(new Ast.Entry(key.at(), name, parser.value()));
            Token after = parser.peek(Mode.COMMAND);
            if (after.kind() != Kind.NEWLINE && !after.is(";") && !after.is("}")) {
                throw parser.wrong("expected the end of an entry", after);
            }
            parser.skipSeparators();
        }
        return new Ast.Table(open.at(), List.copyOf(entries));
    }

    /** What may follow a value without a blank: members, calls, indexes, ++ and --. */
    Ast.Expression postfix(Ast.Expression target) {
        Ast.Expression value = target;
        while (".:[+-".indexOf(parser.here()) >= 0) {
            boolean step = parser.text().startsWith("++", parser.offset())
                    || parser.text().startsWith("--", parser.offset());
            if ("+-".indexOf(parser.here()) >= 0 && !step) {
                return value;
            }
            Token token = parser.peek(Mode.EXPRESSION);
            switch (token.text()) {
                case ".", "::" -> value = member(value, token);
                case "[" -> {
                    parser.take(Mode.EXPRESSION);
                    parser.skipNewlines();
                    Ast.Expression index = parse();
                    parser.skipNewlines();
                    parser.expect("]");
                    value = new Ast.Index(token.at(), value, index);
                }
                case "++", "--" -> {
                    parser.take(Mode.EXPRESSION);
                    value = new Ast.Step(value.at(), token.text(), value, false);
                }
                default -> {
                    return value;
                }
            }
        }
        return value;
    }

    private Ast.Expression member(Ast.Expression target, Token dot) {
        parser.take(Mode.EXPRESSION);
        Token token = parser.take(Mode.MEMBER);
        Ast.Expression name =
                switch (token.kind()) {
                    case WORD, STRING -> new Ast.Literal(token.at(), token.text());
                    case VARIABLE -> new Ast.Variable(token.at(), token.text());
                    case EXPANDABLE -> new Ast.Text(token.at(), token.parts());
                    case SYMBOL -> bracketed(token);
                    default -> throw parser.wrong("expected the name of a member", token);
                };
        boolean isStatic = dot.is("::");
        if (parser.here() != '(') {
            return new Ast.Member(token.at(), target, name, isStatic);
        }
        parser.take(Mode.EXPRESSION);
        List<Ast.Expression> arguments = new ArrayList<>();
        parser.skipNewlines();
        while (!parser.takeIf(")")) {
            arguments.add(single());
            parser.skipNewlines();
            if (!parser.takeIf(",") && !parser.peek(Mode.EXPRESSION).is(")")) {
                throw parser.wrong("expected , or )", parser.peek(Mode.EXPRESSION));
            }
            parser.skipNewlines();
        }
        return new Ast.Invoke(token.at(), target, name, List.copyOf(arguments), isStatic);
    }
}
