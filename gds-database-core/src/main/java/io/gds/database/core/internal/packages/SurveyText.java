package io.gds.database.core.internal.packages;

import java.util.ArrayList;
import java.util.List;

/** Reads what the survey scripts print: one fact per line, its parts separated by tabs. */
final class SurveyText {
    private static final int PARTS = 7;

    private SurveyText() {}

    static Survey parse(String text, List<String> wanted) {
        String main = "";
        boolean unfinished = false;
        List<InstalledPackage> packages = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String[] parts = line.split("\t", -1);
            switch (parts[0]) {
                case "main" -> main = parts[1];
                case "unfinished" -> unfinished = true;
                case "package" -> {
                    if (parts.length >= PARTS && !isGone(parts[6])) {
                        packages.add(installed(parts));
                    }
                }
                default -> {}
            }
        }
        for (String name : wanted) {
            if (packages.stream().noneMatch(p -> p.name().equals(name))) {
                packages.add(InstalledPackage.absent(name));
            }
        }
        return new Survey(main, packages, unfinished);
    }

    private static boolean isGone(String status) {
        return status.startsWith("not-installed ") || status.startsWith("config-files ");
    }

    private static InstalledPackage installed(String[] parts) {
        return new InstalledPackage(
                parts[1],
                parts[2],
                new PackageVersion(parts[3]),
                parts[4],
                parts[5].equals("hold"),
                parts[6].equals("installed ok"));
    }
}
