package io.gds.database.core.internal.packages;

import java.util.ArrayList;
import java.util.List;

/** Reads what the survey scripts print. */
final class SurveyText {
    private static final int PARTS = 6;

    private SurveyText() {}

    static Survey parse(String text, List<String> wanted) {
        Facts facts = new Facts(text);
        List<InstalledPackage> packages = new ArrayList<>();
        for (List<String> parts : facts.of("package", PARTS)) {
            if (!isGone(parts.get(5))) {
                packages.add(installed(parts));
            }
        }
        for (String name : wanted) {
            if (packages.stream().noneMatch(p -> p.name().equals(name))) {
                packages.add(InstalledPackage.absent(name));
            }
        }
        String main = facts.of("main").stream().findFirst().orElse("");
        return new Survey(main, packages, facts.has("unfinished"));
    }

    private static boolean isGone(String status) {
        return status.startsWith("not-installed ") || status.startsWith("config-files ");
    }

    private static InstalledPackage installed(List<String> parts) {
        return new InstalledPackage(
                parts.get(0),
                parts.get(1),
                new PackageVersion(parts.get(2)),
                parts.get(3),
                parts.get(4).equals("hold"),
                parts.get(5).equals("installed ok"));
    }
}
