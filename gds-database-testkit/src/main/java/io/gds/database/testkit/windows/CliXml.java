package io.gds.database.testkit.windows;

import java.util.ArrayList;
import java.util.List;

/** Errors and warnings in the form that powershell.exe gives them in to a program that sent an encoded command. */
final class CliXml {
    private final List<String> items = new ArrayList<>();

    void add(String stream, String text) {
        for (String line : text.split("(?<=\r\n)", -1)) {
            if (!line.isEmpty()) {
                items.add("<S S=\"" + stream + "\">" + escape(line) + "</S>");
            }
        }
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    String document() {
        return "#< CLIXML\r\n<Objs Version=\"1.1.0.1\" xmlns=\"http://schemas.microsoft.com/powershell/2004/04\">"
                + String.join("", items)
                + "</Objs>";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("\r", "_x000D_")
                .replace("\n", "_x000A_");
    }
}
