package io.gds.database.testkit.winrm;

import java.util.List;

/** What PowerShell writes on standard error when it believes that another PowerShell reads it. */
public final class Clixml {
    /** The first line of every block. */
    public static final String HEADER = "#< CLIXML\r\n";

    private static final String OPEN =
            "<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">";
    private static final String CLOSE = "</Objs>";

    private Clixml() {}

    /** A block with lines of an error message. */
    public static String errors(List<String> lines) {
        StringBuilder out = new StringBuilder(HEADER).append(OPEN);
        for (String line : lines) {
            out.append("<S S=\"Error\">").append(escape(line + "\r\n")).append("</S>");
        }
        return out.append(CLOSE).toString();
    }

    /** A block with a progress record, which comes although nothing went wrong. */
    public static String progress(String activity) {
        return HEADER + OPEN
                + "<Obj S=\"progress\" RefId=\"0\"><TN RefId=\"0\"><T>System.Management.Automation.PSCustomObject</T>"
                + "<T>System.Object</T></TN><MS><I64 N=\"SourceId\">1</I64><PR N=\"Record\"><AV>"
                + escape(activity)
                + "</AV><AI>0</AI><Nil /><PI>-1</PI><PC>-1</PC><T>Completed</T><SR>-1</SR><SD> </SD></PR></MS></Obj>"
                + CLOSE;
    }

    /** Control characters are written as _x000D_, so an underscore before such a text is written so too. */
    private static String escape(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || (c == '_' && text.startsWith("_x", i))) {
                out.append(String.format("_x%04X_", (int) c));
            } else {
                out.append(c);
            }
        }
        return Xml.escape(out.toString());
    }
}
