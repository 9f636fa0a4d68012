package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Finds the values of expressions. */
final class Expressions {
    private static final Set<String> MATCHES = Set.of("match", "notmatch", "cmatch");

    private final Session session;
    private final Assignments assignments;

    Expressions(Session session) {
        this.session = session;
        this.assignments = new Assignments(session);
    }

    Assignments assignments() {
        return assignments;
    }

    /** Its value; {@link Nothing} when it is a command that wrote nothing. */
    @Nullable
    Object value(Ast.Expression e) {
        try {
            return find(e);
        } catch (NetFailure failure) {
            throw session.errors().statement(failure, e.at());
        } catch (UnsupportedPowerShell unknown) {
            throw unknown.at(session.source(), e.at());
        }
    }

    /** The same, without the difference between nothing and null. */
    @Nullable
    Object plain(Ast.Expression e) {
        return Conversions.plain(value(e));
    }

    @Nullable
    Object cast(@Nullable Object value, String type, Position at) {
        try {
            return session.casts().cast(value, type);
        } catch (NetFailure failure) {
            throw session.errors().statement(failure, at);
        }
    }

    private @Nullable Object find(Ast.Expression e) {
        if (e instanceof Ast.Literal literal) {
            return literal.value();
        }
        if (e instanceof Ast.BareNumber number) {
            return number.value();
        }
        if (e instanceof Ast.Text text) {
            StringBuilder out = new StringBuilder();
            text.parts().forEach(p -> out.append(Conversions.text(value(p))));
            return out.toString();
        }
        if (e instanceof Ast.Variable variable) {
            return session.variables().get(variable.name());
        }
        if (e instanceof Ast.Items items) {
            List<@Nullable Object> out = new ArrayList<>();
            items.items().forEach(i -> out.add(plain(i)));
            return PsArray.of(out);
        }
        if (e instanceof Ast.ArrayOf array) {
            return array(array.block());
        }
        if (e instanceof Ast.Sub sub) {
            List<@Nullable Object> out = new ArrayList<>();
            session.statements().run(sub.block(), out::add);
            return Conversions.collapse(out);
        }
        if (e instanceof Ast.Paren paren) {
            return session.statements().value(paren.statement());
        }
        if (e instanceof Ast.Table table) {
            return table(table, false);
        }
        if (e instanceof Ast.Code code) {
            return new ScriptBlock(code.body());
        }
        if (e instanceof Ast.Type type) {
            return type(type.name());
        }
        if (e instanceof Ast.Cast cast) {
            return cast(cast);
        }
        return operation(e);
    }

    private @Nullable Object operation(Ast.Expression e) {
        if (e instanceof Ast.Unary unary) {
            return unary(unary);
        }
        if (e instanceof Ast.Binary binary) {
            return binary(binary);
        }
        if (e instanceof Ast.Member member) {
            String name = Conversions.text(value(member.name()));
            Object target = value(member.target());
            return member.isStatic()
                    ? staticType(target).get(name)
                    : session.members().get(target, name);
        }
        if (e instanceof Ast.Invoke invoke) {
            return invoke(invoke);
        }
        if (e instanceof Ast.Index index) {
            return session.members().index(value(index.target()), plain(index.index()));
        }
        if (e instanceof Ast.Step step) {
            return assignments.step(step);
        }
        throw new IllegalStateException("expression " + e);
    }

    /** {@code @( )}: an array of whatever is written, and of an array that stands alone its elements. */
    private PsArray array(Ast.Block block) {
        List<@Nullable Object> out = new ArrayList<>();
        session.statements().run(block, out::add);
        return PsArray.of(out);
    }

    private PsHashtable table(Ast.Table table, boolean ordered) {
        PsHashtable out = new PsHashtable(ordered);
        for (Ast.Entry entry : table.entries()) {
            Object key = plain(entry.key());
            if (key == null) {
                throw new NetFailure(
                        "System.Management.Automation.RuntimeException",
                        "A null key is not allowed in a hash literal.");
            }
            if (out.has(key)) {
                throw new NetFailure(
                        "System.Management.Automation.RuntimeException",
                        "Duplicate keys '" + Conversions.text(key) + "' are not allowed in hash literals.");
            }
            out.put(key, Conversions.plain(session.statements().value(entry.value())));
        }
        return out;
    }

    private Object type(String name) {
        return name.endsWith("[]") ? NetType.named(name) : session.types().get(name);
    }

    private @Nullable Object cast(Ast.Cast cast) {
        if (cast.value() instanceof Ast.Table table) {
            String name = cast.type().toLowerCase(java.util.Locale.ROOT);
            if (name.equals("ordered")) {
                return table(table, true);
            }
        }
        return session.casts().cast(value(cast.value()), cast.type());
    }

    private @Nullable Object unary(Ast.Unary unary) {
        Object value = value(unary.value());
        return switch (unary.operator()) {
            case "not" -> !Conversions.truth(value);
            case "-" -> Numbers.negate(Numbers.number(value, "System.Int32"));
            case "+" -> Numbers.number(value, "System.Int32");
            case "bnot" -> value instanceof Long l ? (Object) ~l : (Object) ~Numbers.integer(value);
            case "split" -> Operators.words(value);
            case "join" -> Operators.join(value, "");
            default -> throw new UnsupportedPowerShell("operator " + unary.operator());
        };
    }

    private @Nullable Object binary(Ast.Binary binary) {
        Object left = value(binary.left());
        if (binary.operator().equals("and")) {
            return Conversions.truth(left) && Conversions.truth(value(binary.right()));
        }
        if (binary.operator().equals("or")) {
            return Conversions.truth(left) || Conversions.truth(value(binary.right()));
        }
        Object right = plain(binary.right());
        if (MATCHES.contains(binary.operator())) {
            return match(binary.operator(), left, Conversions.text(right));
        }
        return session.operators().binary(binary.operator(), left, right);
    }

    /** Fills $Matches, but not for an array. */
    private @Nullable Object match(String operator, @Nullable Object left, String regex) {
        boolean wanted = !operator.equals("notmatch");
        boolean caseSensitive = operator.equals("cmatch");
        if (Conversions.isMany(left)) {
            return Comparison.each(
                    left,
                    v -> Patterns.regex(regex, caseSensitive)
                                    .matcher(Conversions.text(v))
                                    .find()
                            == wanted);
        }
        Matcher m = Patterns.regex(regex, caseSensitive).matcher(Conversions.text(left));
        boolean found = m.find();
        if (found) {
            session.scope().set("Matches", Patterns.groups(m, regex));
        }
        return found == wanted;
    }

    private @Nullable Object invoke(Ast.Invoke invoke) {
        Object target = value(invoke.target());
        String name = Conversions.text(value(invoke.name()));
        List<@Nullable Object> values = new ArrayList<>();
        invoke.arguments().forEach(a -> values.add(plain(a)));
        NetArguments arguments = new NetArguments(name, values, session.types());
        try {
            return invoke.isStatic()
                    ? staticType(target).call(name, arguments)
                    : session.members().call(target, name, arguments);
        } catch (NetFailure failure) {
            boolean own = failure.exception().type().equals(Members.NO_SUCH_CALL);
            throw own
                    ? session.errors().statement(failure, invoke.at())
                    : session.errors()
                            .ofMethod(failure, name.equals("new") ? ".ctor" : name, values.size(), invoke.at());
        }
    }

    private NetType staticType(@Nullable Object target) {
        if (target instanceof NetType type) {
            return type;
        }
        throw new UnsupportedPowerShell(":: on a " + TypeNames.of(target));
    }
}
