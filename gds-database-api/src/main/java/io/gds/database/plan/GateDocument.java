package io.gds.database.plan;

import java.util.List;

/** Gate rules as plan documents hold them. */
final class GateDocument {
    private GateDocument() {}

    static Params write(GateRule rule) {
        if (rule instanceof GateRule.Approval a) {
            return Params.of("type", "approval", "needed", a.needed(), "deadline", a.deadline())
                    .with("reason", a.reason());
        }
        if (rule instanceof GateRule.Elapsed e) {
            return Params.of("type", "elapsed", "time", e.time());
        }
        if (rule instanceof GateRule.Healthy h) {
            return Params.of("type", "healthy", "stableFor", h.stableFor());
        }
        if (rule instanceof GateRule.LagAtMost l) {
            return Params.of("type", "lag", "amount", l.amount());
        }
        if (rule instanceof GateRule.HostCheck c) {
            return Params.of("type", "check", "check", c.check());
        }
        if (rule instanceof GateRule.AllOf all) {
            return Params.of("type", "all", "rules", documents(all.rules()));
        }
        return Params.of("type", "any", "rules", documents(((GateRule.AnyOf) rule).rules()));
    }

    private static List<Params> documents(List<GateRule> rules) {
        return rules.stream().map(GateDocument::write).toList();
    }

    static GateRule read(Params doc) {
        String type = doc.string("type");
        return switch (type) {
            case "approval" ->
                new GateRule.Approval(
                        Math.toIntExact(doc.integer("needed")), doc.duration("deadline"), doc.string("reason"));
            case "elapsed" -> new GateRule.Elapsed(doc.duration("time"));
            case "healthy" -> new GateRule.Healthy(doc.duration("stableFor"));
            case "lag" -> new GateRule.LagAtMost(doc.integer("amount"));
            case "check" -> new GateRule.HostCheck(doc.string("check"));
            case "all" ->
                new GateRule.AllOf(
                        doc.objects("rules").stream().map(GateDocument::read).toList());
            case "any" ->
                new GateRule.AnyOf(
                        doc.objects("rules").stream().map(GateDocument::read).toList());
            default -> throw new IllegalArgumentException("gate rule of unknown type \"" + type + "\"");
        };
    }
}
