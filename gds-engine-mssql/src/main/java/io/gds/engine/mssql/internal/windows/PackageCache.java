package io.gds.engine.mssql.internal.windows;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/** Where a package of a file server lies on a host once it was copied there, and the job that copies it. */
public final class PackageCache {
    private final HostScripts host;
    private final String path;

    /**
     * Of one package.
     *
     * @param path where it lies on the file server
     */
    public PackageCache(HostScripts host, String path) {
        this.host = requireNonNull(host, "host");
        this.path = requireNonNull(path, "path");
    }

    /** Whether a path is one of a file server: {@code \\server\share\...}. */
    public static boolean isOnFileServer(String path) {
        return path.startsWith("\\\\");
    }

    /** Where it lies on the file server. */
    public String path() {
        return path;
    }

    /** Where its copy lies on the host. Packages of different folders are never taken for each other. */
    public String file() {
        return host.root() + "\\packages\\" + name() + "\\" + path.substring(path.lastIndexOf('\\') + 1);
    }

    /** The copying job's key. */
    public String key() {
        return "fetch-" + name();
    }

    /** The copying job. */
    public Job job() {
        return new Job(
                key(),
                "copy of " + path,
                List.of(),
                List.of(new Job.Program(
                        "setup",
                        "powershell.exe",
                        "-NoProfile -NonInteractive -ExecutionPolicy Bypass -File " + quoted(host.path("fetch"))
                                + " -From " + quoted(path) + " -To " + quoted(file()))));
    }

    /** Neither a path that is taken for one nor the folder of ours may hold a double quote; Windows knows no such name. */
    private static String quoted(String path) {
        if (path.indexOf('"') >= 0) {
            throw new IllegalArgumentException("a path with a double quote: " + path);
        }
        return '"' + path + '"';
    }

    private String name() {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256")
                    .digest(path.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
