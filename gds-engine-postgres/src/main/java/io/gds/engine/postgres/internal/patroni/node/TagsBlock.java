package io.gds.engine.postgres.internal.patroni.node;

import io.gds.database.plan.Params;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The {@code tags} of a configuration file as text: the top-level key with everything that belongs to it. Everything else
 * of the file is kept byte for byte, comments included, which no YAML writer would do. Immutable.
 */
final class TagsBlock {
    private static final String NEWLINE = "\n";
    /** Up to the next line that begins with something other than space, a comment or nothing: that is the next key. */
    private static final Pattern BLOCK =
            Pattern.compile("(?m)^(?:tags|\"tags\"|'tags')[ \\t]*:[^\\n]*(?:\\n(?:[ \\t#][^\\n]*)?(?=\\n|\\z))*");

    private final String before;
    private final String block;
    private final String after;

    private TagsBlock(String before, String block, String after) {
        this.before = before;
        this.block = block;
        this.after = after;
    }

    /** Finds the block; empty when the file has no tags. */
    static TagsBlock in(String file) {
        Matcher m = BLOCK.matcher(file);
        if (!m.find()) {
            return new TagsBlock(file, "", "");
        }
        String found = m.group();
        // blank lines and comments before the next key stay where they are
        String own = found.replaceAll("(?:\\n(?:[ \\t]*|#[^\\n]*))+\\z", "");
        return new TagsBlock(
                file.substring(0, m.start()), own, found.substring(own.length()) + file.substring(m.end()));
    }

    /** The block as it stands in the file; empty when there is none. */
    String text() {
        return block;
    }

    /** The file with another block in its place; an empty one takes the block out. */
    String with(String other) {
        if (other.isEmpty() && block.isEmpty()) {
            return before;
        }
        if (block.isEmpty()) {
            String end = before.isEmpty() || before.endsWith(NEWLINE) ? "" : NEWLINE;
            return before + end + other + NEWLINE;
        }
        if (other.isEmpty()) {
            return before + (after.startsWith(NEWLINE) ? after.substring(1) : after);
        }
        return before + other + after;
    }

    /** A block with these tags; JSON is YAML. */
    static String of(Params tags) {
        return "tags: " + tags.toJson();
    }
}
