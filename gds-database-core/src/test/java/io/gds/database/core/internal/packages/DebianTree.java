package io.gds.database.core.internal.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gds.database.core.internal.shell.LocalShell;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * A small Debian of the tests' own, built once per content under the temporary directory from the mirror that this host
 * uses. What can stop it from being there is a reason to skip.
 */
final class DebianTree {
    private static final LocalShell SHELL = new LocalShell("here", "");
    private static final Path TREES = Path.of(System.getProperty("java.io.tmpdir"), "gds-test-trees");
    private static final String PATH = "/usr/sbin:/usr/bin:/sbin:/bin";

    private final Path base;

    private DebianTree(Path base) {
        this.base = base;
    }

    /**
     * The tree with some of Debian's packages and what a script makes in it.
     *
     * @param script a resource beside this class; it runs inside, with {@code /srv/repo} as its argument
     */
    static DebianTree with(String script, String... packages) throws IOException {
        assumeTrue(said("id", "-u").equals("0"), "a tree of packages needs root");
        for (String program : List.of("debootstrap", "chroot", "mount", "umount", "unshare")) {
            assumeTrue(
                    SHELL.run(Command.of("sh", "-c", "command -v \"$1\"", "sh", program))
                            .succeeded(),
                    "a tree of packages needs the program " + program);
        }
        String suite = said("sh", "-c", ". /etc/os-release; echo \"$ID $VERSION_CODENAME\"");
        assumeTrue(suite.startsWith("debian "), "a tree of packages needs a Debian host, this is " + suite);
        String content = Scripts.text(script);
        Set<String> wanted = new TreeSet<>(List.of(packages));
        String key = suite.replace(' ', '-') + "-"
                + UUID.nameUUIDFromBytes((content + wanted).getBytes(StandardCharsets.UTF_8));
        Files.createDirectories(TREES);
        Path base = TREES.resolve(key);
        try (FileChannel channel = FileChannel.open(
                        TREES.resolve(key + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            assumeTrue(lock.isValid(), "the lock of the trees cannot be had");
            if (!Files.isDirectory(base)) {
                build(base, suite.substring(suite.indexOf(' ') + 1), content, wanted);
            }
        }
        return new DebianTree(base);
    }

    /** Releases of a product, the older one installed, and needrestart. */
    static DebianTree acme() throws IOException {
        return with("acme-debs.sh", "needrestart");
    }

    /** The same for dnf. */
    static DebianTree acmeOfRpm() throws IOException {
        return with("acme-rpms.sh", "dnf", "dnf-plugins-core", "rpm", "createrepo-c");
    }

    /** A host of its own over the tree. */
    DebianHost start() throws IOException {
        return DebianHost.over(base, TREES);
    }

    private static void build(Path base, String suite, String script, Set<String> packages) throws IOException {
        Path making = base.resolveSibling(base.getFileName() + ".making");
        must("rm", "-rf", "--one-file-system", making.toString());
        String mirror = mirror(suite);
        assumeTrue(!mirror.isEmpty(), "no source of apt on this host has " + suite + " main");
        CommandResult got = SHELL.run(Command.of("debootstrap", "--variant=minbase", suite, making.toString(), mirror)
                .timeout(Duration.ofMinutes(8)));
        assumeTrue(got.succeeded(), () -> "debootstrap from " + mirror + " failed: " + tail(got.output()));
        Files.writeString(making.resolve("usr/sbin/policy-rc.d"), "#!/bin/sh\nexit 101\n");
        must("chmod", "755", making + "/usr/sbin/policy-rc.d");
        Files.writeString(
                making.resolve("etc/apt/apt.conf.d/90tests"),
                "APT::Sandbox::User \"root\"; Acquire::Languages \"none\"; APT::Install-Recommends \"false\";\n");
        if (!packages.isEmpty()) {
            CommandResult more = in(making, "apt-get", "-q", "-y", "install").apply(packages);
            assumeTrue(more.succeeded(), () -> "packages for the tests cannot be had: " + tail(more.error()));
        }
        Files.writeString(making.resolve("etc/apt/sources.list"), "deb [trusted=yes] file:/srv/repo ./\n");
        must(
                "sh",
                "-c",
                "rm -rf \"$1\"/var/lib/apt/lists/* \"$1\"/var/cache/apt/archives/*.deb",
                "sh",
                making.toString());
        Files.writeString(making.resolve("root/build.sh"), script);
        CommandResult built = in(making, "sh", "/root/build.sh", "/srv/repo").apply(Set.of());
        if (!built.succeeded()) {
            throw new IOException("the tree's script failed: " + tail(built.output() + built.error()));
        }
        Files.delete(making.resolve("usr/sbin/policy-rc.d"));
        Files.move(making, base); // an aborted build is never used
    }

    private static java.util.function.Function<Set<String>, CommandResult> in(Path root, String... words) {
        return more -> SHELL.run(Command.of("unshare", "--mount", "--pid", "--fork", "--kill-child")
                .with("chroot", root.toString(), "/usr/bin/env", "-i", "PATH=" + PATH, "LC_ALL=C.UTF-8")
                .with("DEBIAN_FRONTEND=noninteractive", "sh", "-c", "mount -t proc proc /proc && exec \"$@\"", "sh")
                .with(words)
                .with(more.toArray(String[]::new))
                .timeout(Duration.ofMinutes(8)));
    }

    private static String mirror(String suite) {
        CommandResult targets = SHELL.run(Command.of(
                "apt-get", "indextargets", "--format", "$(RELEASE) $(COMPONENT) $(REPO_URI)", "Created-By: Packages"));
        return targets.output()
                .lines()
                .filter(line -> line.startsWith(suite + " main "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("");
    }

    private static void must(String program, String... arguments) {
        SHELL.run(Command.of(program, arguments).timeout(Duration.ofMinutes(5))).orElseThrow();
    }

    private static String said(String program, String... arguments) {
        return SHELL.run(Command.of(program, arguments)).orElseThrow().output().strip();
    }

    private static String tail(String text) {
        return text.length() > 1000 ? text.substring(text.length() - 1000) : text;
    }
}
