package io.gds.database.spi;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What PowerShell writes to its error stream when nobody reads it on a console: an XML of its own, with the text inside. */
public final class PowerShellErrors {
    private static final String MARK = "#< CLIXML";
    private static final Pattern TEXT = Pattern.compile("<S S=\"(?:Error|Warning)\">(.*?)</S>", Pattern.DOTALL);
    private static final Pattern CODED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private PowerShellErrors() {}

    /** The text of errors and warnings; what is no such XML stays as it is, and progress is left out. */
    public static String text(String stream) {
        int mark = stream.indexOf(MARK);
        if (mark < 0) {
            return stream;
        }
        StringBuilder out = new StringBuilder(stream.substring(0, mark));
        Matcher m = TEXT.matcher(stream.substring(mark));
        while (m.find()) {
            out.append(plain(m.group(1)));
        }
        return out.toString();
    }

    private static String plain(String coded) {
        return CODED.matcher(coded)
                .replaceAll(r -> Matcher.quoteReplacement(String.valueOf((char) Integer.parseInt(r.group(1), 16))))
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }
}
