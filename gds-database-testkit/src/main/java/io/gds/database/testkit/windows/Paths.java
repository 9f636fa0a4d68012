package io.gds.database.testkit.windows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/** Paths of files: {@code C:\a\b}. */
final class Paths {
    private Paths() {}

    static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    /** Without dots, doubled separators and one at the end; relative to a directory. */
    static String absolute(String path, String directory) {
        String slashed = path.replace('/', '\\');
        boolean rooted = slashed.length() >= 2 && slashed.charAt(1) == ':';
        if (slashed.startsWith("\\\\")) {
            return slashed;
        }
        if (slashed.startsWith("\\")) {
            return absolute(directory.substring(0, 2) + slashed, directory);
        }
        String whole = rooted ? slashed : directory + "\\" + slashed;
        Deque<String> parts = new ArrayDeque<>();
        for (String part : whole.substring(2).split("\\\\", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return whole.substring(0, 2) + "\\" + String.join("\\", parts);
    }

    static String drive(String path) {
        return path.length() >= 2 && path.charAt(1) == ':'
                ? path.substring(0, 2).toUpperCase(Locale.ROOT)
                : "";
    }

    /** Whether it is one of a file server: {@code \\\\server\\share\\...}. */
    static boolean isUnc(String path) {
        return path.startsWith("\\\\");
    }

    /** The share that such a path is on. */
    static String share(String path) {
        String[] parts = path.substring(2).split("\\\\", 3);
        return parts.length < 2 ? path : "\\\\" + parts[0] + "\\" + parts[1];
    }

    static boolean isRoot(String path) {
        return isUnc(path) ? share(path).equals(path) : path.length() == 3 && path.endsWith(":\\");
    }

    static String parent(String path) {
        int end = path.lastIndexOf('\\');
        if (isUnc(path)) {
            return isRoot(path) ? path : path.substring(0, end);
        }
        return end <= 2 ? path.substring(0, 2) + "\\" : path.substring(0, end);
    }

    static String name(String path) {
        return isRoot(path) ? path : path.substring(path.lastIndexOf('\\') + 1);
    }

    static String join(String directory, String name) {
        return directory.endsWith("\\") ? directory + name : directory + "\\" + name;
    }
}
