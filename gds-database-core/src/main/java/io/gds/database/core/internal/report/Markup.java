package io.gds.database.core.internal.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * Writes HTML and SVG. The only way text gets into a report: names of elements and attributes are literals of this
 * package, everything else is escaped here.
 */
final class Markup {
    private final StringBuilder out = new StringBuilder(32_768);
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inTag;

    /** Begins an element; attributes may follow. */
    Markup open(String element) {
        endTag();
        out.append('<').append(element);
        open.push(element);
        inTag = true;
        return this;
    }

    /** Adds an attribute to the element that was just begun. */
    Markup attr(String name, String value) {
        if (!inTag) {
            throw new IllegalStateException("attribute " + name + " after the content of <" + open.peek() + ">");
        }
        out.append(' ').append(name).append("=\"");
        escape(value);
        out.append('"');
        return this;
    }

    /** Adds an attribute in percent. */
    Markup percent(String name, double value) {
        return attr(name, number(value) + "%");
    }

    /** Adds a numeric attribute. */
    Markup attr(String name, double value) {
        return attr(name, number(value));
    }

    /** Adds text. */
    Markup text(String text) {
        endTag();
        escape(text);
        return this;
    }

    /** Ends the innermost element. */
    Markup close() {
        endTag();
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Ends an element that has no end tag in HTML, such as {@code meta}. */
    Markup closeVoid() {
        endTag();
        open.pop();
        return this;
    }

    /** A whole element with text. */
    Markup element(String element, String cssClass, String text) {
        open(element);
        if (!cssClass.isEmpty()) {
            attr("class", cssClass);
        }
        return text(text).close();
    }

    /** Starts a line in the file, so that it can be read and compared. */
    Markup line() {
        endTag();
        out.append('\n');
        return this;
    }

    /** Adds our own style sheet, which cannot be escaped; refused when it could end its element. */
    Markup style(String css) {
        if (css.contains("</")) {
            throw new IllegalArgumentException("a style sheet may not contain </");
        }
        open("style").endTag();
        out.append(css);
        return close();
    }

    /** Adds the document type. */
    Markup doctype() {
        out.append("<!doctype html>\n");
        return this;
    }

    static String number(double v) {
        String s = String.format(Locale.ROOT, "%.3f", v);
        return s.contains(".") ? s.replaceAll("\\.?0+$", "") : s;
    }

    private void endTag() {
        if (inTag) {
            out.append('>');
            inTag = false;
        }
    }

    private void escape(String text) {
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                case '\n', '\t' -> out.append((char) c);
                default -> {
                    // HTML has no way to write control characters, and half a surrogate pair is not a character.
                    boolean writable = !Character.isISOControl(c) && (c < 0xD800 || c > 0xDFFF);
                    out.appendCodePoint(writable ? c : 0xFFFD);
                }
            }
        });
    }

    @Override
    public String toString() {
        if (!open.isEmpty()) {
            throw new IllegalStateException("elements left open: " + open);
        }
        return out.toString();
    }
}
