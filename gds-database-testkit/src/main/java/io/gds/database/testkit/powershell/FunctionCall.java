package io.gds.database.testkit.powershell;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Gives a function or a script its parameters. */
final class FunctionCall {
    private final Session session;
    private final Ast.Body body;
    private final String name;

    FunctionCall(Session session, Ast.Body body, String name) {
        this.session = session;
        this.body = body;
        this.name = name;
    }

    void bind(List<Given> given, Scope scope) {
        List<Parameter> parameters = parameters();
        Binder.Bound bound;
        try {
            bound = session.binder().function(parameters, given, body.advanced(), name);
        } catch (NetFailure failure) {
            throw session.errors().statement(failure, name, body.at());
        }
        for (Ast.Param param : body.params()) {
            String key = param.name().toLowerCase(Locale.ROOT);
            Scope.Slot slot = scope.slot(param.name());
            slot.type = param.type();
            if (bound.values().containsKey(key)) {
                slot.value = bound.values().get(key);
            } else {
                slot.value = otherwise(param);
            }
        }
        List<@Nullable Object> rest = new ArrayList<>();
        for (Given g : bound.rest()) {
            rest.add(g.name() == null ? g.value() : g.text());
            if (g.joined()) {
                rest.add(g.value());
            }
        }
        if (!body.advanced()) {
            scope.set("args", PsArray.of(rest));
        }
        if (bound.errorAction() != null) {
            scope.set("ErrorActionPreference", bound.errorAction());
        }
    }

    private @Nullable Object otherwise(Ast.Param param) {
        if (param.otherwise() != null) {
            Object value = session.expressions().value(param.otherwise());
            return param.type() == null ? value : session.expressions().cast(value, param.type(), param.at());
        }
        if (param.type() == null) {
            return null;
        }
        return switch (param.type().toLowerCase(Locale.ROOT)) {
            case "string" -> "";
            case "int" -> 0;
            case "long" -> 0L;
            case "bool", "switch" -> false;
            default -> null;
        };
    }

    private List<Parameter> parameters() {
        List<Parameter> out = new ArrayList<>();
        int place = 0;
        for (Ast.Param param : body.params()) {
            Parameter p = Parameter.of(param.name(), param.type() == null ? "object" : param.type());
            if (!p.isSwitch()) {
                p = p.at(place++);
            }
            for (Ast.Attribute attribute : param.attributes()) {
                p = with(p, attribute);
            }
            out.add(p);
        }
        return out;
    }

    private Parameter with(Parameter p, Ast.Attribute attribute) {
        List<String> values = new ArrayList<>();
        attribute
                .values()
                .forEach(v -> values.add(Conversions.text(session.expressions().value(v))));
        return switch (attribute.name().toLowerCase(Locale.ROOT)) {
            case "parameter" -> parameter(p, attribute);
            case "validatenotnullorempty" -> p.filled();
            case "validateset" -> p.oneOf(values.toArray(String[]::new));
            case "alias" -> {
                Parameter more = p;
                for (String alias : values) {
                    more = more.alias(alias);
                }
                yield more;
            }
            default ->
                throw new UnsupportedPowerShell("attribute [" + attribute.name() + "]")
                        .at(body.source(), attribute.at());
        };
    }

    private Parameter parameter(Parameter p, Ast.Attribute attribute) {
        Parameter out = p;
        for (Ast.Entry entry : attribute.named()) {
            String key = Conversions.text(session.expressions().value(entry.key()));
            Object value = session.statements().value(entry.value());
            switch (key.toLowerCase(Locale.ROOT)) {
                case "mandatory" -> out = Conversions.truth(value) ? out.needed() : out;
                case "position" -> out = out.at(Numbers.integer(value));
                default ->
                    throw new UnsupportedPowerShell("[Parameter(" + key + ")]").at(body.source(), attribute.at());
            }
        }
        return out;
    }
}
