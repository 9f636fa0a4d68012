package io.gds.database.testkit.powershell;

import io.gds.database.testkit.powershell.Token.Kind;
import io.gds.database.testkit.powershell.Token.Mode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Understands what stands in front of the statements of a script or a function: attributes and parameters. */
final class BodyHead {
    private final Parser parser;
    private List<Ast.Param> params = List.of();
    private boolean advanced;

    BodyHead(Parser parser) {
        this.parser = parser;
    }

    BodyHead read() {
        int before = parser.offset();
        while (parser.takeIf("[")) {
            // an attribute belongs to the head; a type or a cast is the first statement already
            String name = parser.expressions().typeName();
            if (parser.here() != '(') {
                parser.moveTo(before);
                return this;
            }
            Ast.Attribute attribute = attribute(name);
            if (!isBinding(name)
                    || !attribute.named().isEmpty()
                    || !attribute.values().isEmpty()) {
                throw parser.lexer.wrong("attribute [" + name + "(...)]", before);
            }
            advanced = true;
            parser.skipNewlines();
        }
        if (parser.takeKeyword("param")) {
            parser.skipNewlines();
            parser.expect("(");
            params = params(")");
        }
        return this;
    }

    private static boolean isBinding(String name) {
        return name.equalsIgnoreCase("CmdletBinding");
    }

    List<Ast.Param> params() {
        return params;
    }

    boolean advanced() {
        return advanced;
    }

    /** Parameters until the closing word, which is taken. */
    List<Ast.Param> params(String close) {
        List<Ast.Param> found = new ArrayList<>();
        parser.skipNewlines();
        while (!parser.takeIf(close)) {
            found.add(param());
            parser.skipNewlines();
            if (!parser.takeIf(",") && !parser.peek(Mode.EXPRESSION).is(close)) {
                throw parser.wrong("expected , or " + close, parser.peek(Mode.EXPRESSION));
            }
            parser.skipNewlines();
        }
        return List.copyOf(found);
    }

    private Ast.Param param() {
        List<Ast.Attribute> attributes = new ArrayList<>();
        String type = null;
        Token token = parser.peek(Mode.EXPRESSION);
        while (parser.takeIf("[")) {
            String name = parser.expressions().typeName();
            if (parser.here() == '(') {
                attributes.add(attribute(name));
                advanced |= name.equalsIgnoreCase("Parameter");
            } else {
                parser.expect("]");
                type = name;
            }
            parser.skipNewlines();
        }
        Token variable = parser.take(Mode.EXPRESSION);
        if (variable.kind() != Kind.VARIABLE) {
            throw parser.wrong("expected the variable of a parameter", variable);
        }
        return new Ast.Param(token.at(), List.copyOf(attributes), type, variable.text(), otherwise());
    }

    private Ast.@Nullable Expression otherwise() {
        if (!parser.takeIf("=")) {
            return null;
        }
        parser.skipNewlines();
        return parser.expressions().single();
    }

    private Ast.Attribute attribute(String name) {
        Position at = parser.expect("(").at();
        List<Ast.Expression> values = new ArrayList<>();
        List<Ast.Entry> named = new ArrayList<>();
        parser.skipNewlines();
        while (!parser.takeIf(")")) {
            Token key = parser.peek(Mode.KEY);
            if (key.kind() == Kind.WORD) {
                parser.take(Mode.KEY);
                Ast.Expression value =
                        parser.takeIf("=") ? parser.expressions().single() : new Ast.Literal(key.at(), true);
                Ast.Statement statement = new Ast.Pipeline(key.at(), List.of(new Ast.Value(key.at(), value)));
                named.add(new Ast.Entry(key.at(), new Ast.Literal(key.at(), key.text()), statement));
            } else {
                values.add(parser.expressions().single());
            }
            parser.skipNewlines();
            parser.takeIf(",");
            parser.skipNewlines();
        }
        parser.expect("]");
        return new Ast.Attribute(at, name, List.copyOf(values), List.copyOf(named));
    }
}
