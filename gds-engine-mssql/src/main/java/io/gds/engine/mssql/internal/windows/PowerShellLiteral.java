package io.gds.engine.mssql.internal.windows;

/** Values as they stand in a script. */
final class PowerShellLiteral {
    private PowerShellLiteral() {}

    /**
     * A text in single quotes, in which nothing is expanded. PowerShell takes the typographic single quotes for the plain one, so
     * they are doubled too.
     */
    static String text(String value) {
        StringBuilder out = new StringBuilder("'");
        value.codePoints().forEach(c -> {
            if (c == '\'' || (c >= 0x2018 && c <= 0x201B)) {
                out.appendCodePoint(c);
            }
            out.appendCodePoint(c);
        });
        return out.append('\'').toString();
    }
}
