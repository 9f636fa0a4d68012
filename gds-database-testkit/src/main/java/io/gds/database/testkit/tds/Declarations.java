package io.gds.database.testkit.tds;

import java.util.ArrayList;
import java.util.List;

/** Reads declarations of parameters, such as {@code @P0 int,@P1 decimal(10, 2) OUTPUT}. */
final class Declarations {
    private Declarations() {}

    /** The names in their order, each with its {@code @}. */
    static List<String> names(String declarations) {
        List<String> names = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i <= declarations.length(); i++) {
            char c = i < declarations.length() ? declarations.charAt(i) : ',';
            if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            } else if (c == ',' && (depth == 0 || i == declarations.length())) {
                String one = declarations.substring(from, i).strip();
                if (!one.isEmpty()) {
                    names.add(one.split("\\s+", 2)[0]);
                }
                from = i + 1;
            }
        }
        return names;
    }
}
