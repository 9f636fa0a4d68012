package io.gds.database.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what two plans would do. */
final class PlanDiff {
    private PlanDiff() {}

    static List<String> between(Plan a, Plan b) {
        List<String> out = new ArrayList<>();
        compare(
                out,
                "cluster",
                a.cluster().document().toJson(),
                b.cluster().document().toJson());
        compare(out, "identity", a.fingerprint(), b.fingerprint());
        compare(out, "locks", a.locks().toString(), b.locks().toString());
        compare(out, "rollbackOnFailure", "" + a.rollbackOnFailure(), "" + b.rollbackOnFailure());
        for (Step s : a.steps()) {
            Step other = b.step(s.id()).orElse(null);
            if (other == null) {
                out.add("- " + s);
                continue;
            }
            Map<String, Object> left = new TreeMap<>(s.document().asMap());
            Map<String, Object> right = new TreeMap<>(other.document().asMap());
            left.forEach((k, v) -> compare(out, s.id() + "." + k, "" + v, "" + right.get(k)));
            right.keySet().stream()
                    .filter(k -> !left.containsKey(k))
                    .forEach(k -> compare(out, s.id() + "." + k, "null", "" + right.get(k)));
        }
        b.steps().stream().filter(s -> a.step(s.id()).isEmpty()).forEach(s -> out.add("+ " + s));
        return List.copyOf(out);
    }

    private static void compare(List<String> out, String what, String a, String b) {
        if (!a.equals(b)) {
            out.add("~ " + what + ": " + a + " -> " + b);
        }
    }
}
