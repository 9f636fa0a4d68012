package io.gds.database.testkit.powershell;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sets variables, members and elements. */
final class Assignments {
    private final Session session;

    Assignments(Session session) {
        this.session = session;
    }

    /** Carries an assignment out, and gives what was assigned. */
    @Nullable
    Object assign(Ast.Assign assign) {
        Object given = session.statements().value(assign.value());
        Object value = given;
        if (!assign.operator().equals("=")) {
            Object before = session.expressions().value(assign.target());
            String operator = assign.operator().substring(0, 1);
            value = guarded(assign.at(), () -> session.operators().binary(operator, before, given));
        }
        set(assign.target(), value, assign.at());
        return value;
    }

    /** {@code ++} and {@code --}. */
    @Nullable
    Object step(Ast.Step step) {
        Object before = session.expressions().value(step.target());
        Number old = Numbers.number(before, "System.Int32");
        Number next = Numbers.arithmetic(step.operator().substring(0, 1), old, 1);
        set(step.target(), next, step.at());
        return step.before() ? next : before == null ? (Object) 0 : before;
    }

    private void set(Ast.Expression target, @Nullable Object value, Position at) {
        guarded(at, () -> {
            put(target, value, null, at);
            return null;
        });
    }

    private void put(Ast.Expression target, @Nullable Object value, @Nullable String type, Position at) {
        if (target instanceof Ast.Variable variable) {
            session.variables().set(variable.name(), value, type);
        } else if (target instanceof Ast.Cast cast) {
            put(cast.value(), value, cast.type(), at);
        } else if (target instanceof Ast.Member member) {
            if (member.isStatic()) {
                throw new UnsupportedPowerShell("an assignment to a static member");
            }
            String name = Conversions.text(session.expressions().value(member.name()));
            session.members().set(session.expressions().value(member.target()), name, Conversions.plain(value));
        } else if (target instanceof Ast.Index index) {
            Object key = session.expressions().plain(index.index());
            session.members().setIndex(session.expressions().value(index.target()), key, Conversions.plain(value));
        } else if (target instanceof Ast.Items items) {
            several(items, value, at);
        } else {
            throw new UnsupportedPowerShell("an assignment to this expression");
        }
    }

    /** The last one gets whatever is left. */
    private void several(Ast.Items items, @Nullable Object value, Position at) {
        List<@Nullable Object> values = Conversions.items(value);
        int last = items.items().size() - 1;
        for (int i = 0; i <= last; i++) {
            Object one = i < values.size() ? values.get(i) : null;
            if (i == last && values.size() > last + 1) {
                one = PsArray.of(values.subList(i, values.size()));
            }
            put(items.items().get(i), one, null, at);
        }
    }

    private interface Work {
        @Nullable
        Object run();
    }

    private @Nullable Object guarded(Position at, Work work) {
        try {
            return work.run();
        } catch (NetFailure failure) {
            throw session.errors().statement(failure, at);
        } catch (UnsupportedPowerShell unknown) {
            throw unknown.at(session.source(), at);
        }
    }
}
