package io.gds.database.testkit.powershell;

import io.gds.database.testkit.powershell.Token.Kind;
import io.gds.database.testkit.powershell.Token.Mode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Understands scripts: blocks and statements. Syntax it does not know is {@link UnsupportedPowerShell}. */
final class Parser extends TokenReader {
    private static final Set<String> ASSIGNMENTS = Set.of("=", "+=", "-=", "*=", "/=", "%=");
    private static final Set<String> UNKNOWN = Set.of(
            "trap",
            "data",
            "class",
            "enum",
            "using",
            "workflow",
            "begin",
            "process",
            "end",
            "dynamicparam",
            "filter",
            "configuration",
            "parallel",
            "sequence",
            "inlinescript");

    private final ExpressionParser expressions;
    private final CommandParser commands;

    Parser(Lexer lexer, int offset) {
        super(lexer, offset);
        this.expressions = new ExpressionParser(this);
        this.commands = new CommandParser(this, expressions);
    }

    /** A whole script. */
    static Ast.Body script(Source source) {
        return new Parser(new Lexer(source), 0).body("");
    }

    ExpressionParser expressions() {
        return expressions;
    }

    /** Parameters and statements until a closing word; an empty one stands for the end of the script. */
    Ast.Body body(String close) {
        Token first = peek(Mode.COMMAND);
        int start = offset();
        skipSeparators();
        BodyHead head = new BodyHead(this).read();
        Ast.Block block = statementsUntil(close);
        int end = close.isEmpty() ? offset() : offset() - close.length();
        return new Ast.Body(
                first.at(), lexer.source(), head.params(), head.advanced(), block, text().substring(start, end));
    }

    /** Statements until the closing word, which is taken. */
    Ast.Block statementsUntil(String close) {
        Position at = peek(Mode.COMMAND).at();
        List<Ast.Statement> statements = new ArrayList<>();
        while (true) {
            skipSeparators();
            Token token = peek(Mode.COMMAND);
            if (token.kind() == Kind.END ? close.isEmpty() : token.is(close)) {
                take(Mode.COMMAND);
                return new Ast.Block(at, List.copyOf(statements));
            }
            if (token.kind() == Kind.END) {
                throw wrong("expected " + close, token);
            }
            statements.add(statement());
            Token after = peek(Mode.COMMAND);
            boolean ended = after.kind() == Kind.NEWLINE
                    || after.kind() == Kind.END
                    || after.is(";")
                    || (!close.isEmpty() && after.is(close));
            if (!ended && !endsWithBlock(statements.get(statements.size() - 1))) {
                throw wrong("expected the end of the statement", after);
            }
        }
    }

    private static boolean endsWithBlock(Ast.Statement statement) {
        return statement instanceof Ast.If
                || statement instanceof Ast.Foreach
                || statement instanceof Ast.For
                || statement instanceof Ast.Loop
                || statement instanceof Ast.Switch
                || statement instanceof Ast.Try
                || statement instanceof Ast.Function;
    }

    Ast.Block block() {
        skipNewlines();
        expect("{");
        return statementsUntil("}");
    }

    private Ast.Statement statement() {
        Token token = peek(Mode.COMMAND);
        if (token.kind() != Kind.WORD) {
            return pipeline();
        }
        String word = token.text().toLowerCase(Locale.ROOT);
        if (UNKNOWN.contains(word)) {
            throw lexer.wrong(word, token.start());
        }
        return switch (word) {
            case "if" -> ifStatement(take(Mode.COMMAND).at());
            case "foreach" -> foreach(take(Mode.COMMAND).at());
            case "for" -> forStatement(take(Mode.COMMAND).at());
            case "while" -> new Ast.Loop(take(Mode.COMMAND).at(), inParens(), block(), false, false);
            case "do" -> doStatement(take(Mode.COMMAND).at());
            case "switch" -> switchStatement(take(Mode.COMMAND).at());
            case "try" -> tryStatement(take(Mode.COMMAND).at());
            case "function" -> function(take(Mode.COMMAND).at());
            case "break" -> new Ast.Break(take(Mode.COMMAND).at());
            case "continue" -> new Ast.Continue(take(Mode.COMMAND).at());
            case "return" -> new Ast.Return(take(Mode.COMMAND).at(), optional());
            case "throw" -> new Ast.Throw(take(Mode.COMMAND).at(), optional());
            case "exit" -> new Ast.Exit(take(Mode.COMMAND).at(), optional());
            default -> pipeline();
        };
    }

    private Ast.@Nullable Statement optional() {
        Token next = peek(Mode.COMMAND);
        boolean none = next.kind() == Kind.NEWLINE || next.kind() == Kind.END || next.is(";") || next.is("}");
        return none || next.is(")") ? null : pipeline();
    }

    /** What may stand behind an equals sign. */
    Ast.Statement value() {
        return statement();
    }

    /** A pipeline, an expression or an assignment. */
    Ast.Statement pipeline() {
        Token first = peek(Mode.COMMAND);
        if (commands.begins(first)) {
            return pipeline(first.at(), commands.command());
        }
        Ast.Expression expression = expressions.parse();
        Token operator = peek(Mode.EXPRESSION);
        if (operator.kind() == Kind.SYMBOL && ASSIGNMENTS.contains(operator.text())) {
            take(Mode.EXPRESSION);
            skipNewlines();
            return new Ast.Assign(first.at(), expression, operator.text(), statement());
        }
        if (peek(Mode.COMMAND).kind() == Kind.REDIRECTION) {
            throw wrong("a redirection of an expression", peek(Mode.COMMAND));
        }
        return pipeline(first.at(), new Ast.Value(first.at(), expression));
    }

    private Ast.Pipeline pipeline(Position at, Ast.Stage first) {
        List<Ast.Stage> stages = new ArrayList<>();
        stages.add(first);
        while (peek(Mode.COMMAND).is("|")) {
            take(Mode.COMMAND);
            skipNewlines();
            if (!commands.begins(peek(Mode.COMMAND))) {
                throw wrong("expected a command after |", peek(Mode.COMMAND));
            }
            stages.add(commands.command());
        }
        return new Ast.Pipeline(at, List.copyOf(stages));
    }

    private Ast.Statement inParens() {
        expect("(");
        skipNewlines();
        Ast.Statement statement = pipeline();
        skipNewlines();
        expect(")");
        return statement;
    }

    private Ast.Statement ifStatement(Position at) {
        List<Ast.Branch> branches = new ArrayList<>();
        branches.add(new Ast.Branch(at, inParens(), block()));
        while (takeKeyword("elseif")) {
            branches.add(new Ast.Branch(at, inParens(), block()));
        }
        return new Ast.If(at, List.copyOf(branches), takeKeyword("else") ? block() : null);
    }

    private Ast.Statement foreach(Position at) {
        expect("(");
        skipNewlines();
        Token variable = take(Mode.EXPRESSION);
        if (variable.kind() != Kind.VARIABLE || !peek(Mode.COMMAND).isWord("in")) {
            throw wrong("expected foreach ($variable in ...)", variable);
        }
        take(Mode.COMMAND);
        skipNewlines();
        Ast.Statement collection = pipeline();
        skipNewlines();
        expect(")");
        return new Ast.Foreach(at, variable.text(), collection, block());
    }

    private Ast.Statement forStatement(Position at) {
        expect("(");
        Ast.Statement first = peek(Mode.COMMAND).is(";") ? null : pipeline();
        expect(";");
        Ast.Statement condition = peek(Mode.COMMAND).is(";") ? null : pipeline();
        expect(";");
        Ast.Statement step = peek(Mode.COMMAND).is(")") ? null : pipeline();
        expect(")");
        return new Ast.For(at, first, condition, step, block());
    }

    private Ast.Statement doStatement(Position at) {
        Ast.Block body = block();
        boolean until = takeKeyword("until");
        if (!until && !takeKeyword("while")) {
            throw wrong("expected while or until", peek(Mode.COMMAND));
        }
        return new Ast.Loop(at, inParens(), body, true, until);
    }

    private Ast.Statement switchStatement(Position at) {
        Ast.Statement value = inParens();
        skipNewlines();
        expect("{");
        List<Ast.Case> cases = new ArrayList<>();
        Ast.Block otherwise = null;
        skipSeparators();
        while (!takeIf("}")) {
            Token token = peek(Mode.ARGUMENT);
            if (token.isWord("default")) {
                take(Mode.ARGUMENT);
                otherwise = block();
            } else {
                Ast.Expression when = token.kind() == Kind.WORD
                        ? new Ast.Literal(take(Mode.ARGUMENT).at(), token.text())
                        : expressions.parse();
                cases.add(new Ast.Case(token.at(), when, block()));
            }
            skipSeparators();
        }
        return new Ast.Switch(at, value, List.copyOf(cases), otherwise);
    }

    private Ast.Statement tryStatement(Position at) {
        Ast.Block body = block();
        List<Ast.Catch> catches = new ArrayList<>();
        while (takeKeyword("catch")) {
            Position catchAt = peek(Mode.COMMAND).at();
            List<String> types = new ArrayList<>();
            skipNewlines();
            while (takeIf("[")) {
                types.add(expressions.closedTypeName());
                takeIf(",");
                skipNewlines();
            }
            catches.add(new Ast.Catch(catchAt, List.copyOf(types), block()));
        }
        Ast.Block last = takeKeyword("finally") ? block() : null;
        if (catches.isEmpty() && last == null) {
            throw wrong("expected catch or finally", peek(Mode.COMMAND));
        }
        return new Ast.Try(at, body, List.copyOf(catches), last);
    }

    private Ast.Statement function(Position at) {
        Token name = take(Mode.ARGUMENT);
        if (name.kind() != Kind.WORD) {
            throw wrong("expected the name of a function", name);
        }
        skipNewlines();
        List<Ast.Param> early = takeIf("(") ? new BodyHead(this).params(")") : List.of();
        skipNewlines();
        expect("{");
        Ast.Body body = body("}");
        if (!early.isEmpty()) {
            body = new Ast.Body(body.at(), body.source(), early, body.advanced(), body.block(), body.text());
        }
        return new Ast.Function(at, name.text(), body);
    }
}
