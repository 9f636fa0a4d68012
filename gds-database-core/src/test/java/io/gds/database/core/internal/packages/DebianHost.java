package io.gds.database.core.internal.packages;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.gds.database.core.internal.shell.LocalShell;
import io.gds.database.spi.Command;
import io.gds.database.spi.CommandResult;
import io.gds.database.spi.HostShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A tree that a test may do anything to: changes go to a layer in memory and are gone with it. Its shell runs commands as
 * root inside; what it starts ends with it.
 */
final class DebianHost implements HostShell {
    private static final LocalShell SHELL = new LocalShell("here", "");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Path layer;
    private final Path root;

    private DebianHost(Path layer) {
        this.layer = layer;
        this.root = layer.resolve("root");
    }

    static DebianHost over(Path base, Path trees) throws IOException {
        sweep(trees);
        Path layer = trees.resolve("host-" + ProcessHandle.current().pid() + "-" + NUMBERS.incrementAndGet());
        Files.createDirectories(layer);
        DebianHost host = new DebianHost(layer);
        host.mount();
        CommandResult mounted = SHELL.run(Command.of(
                "mount",
                "-t",
                "overlay",
                "overlay",
                "-o",
                "lowerdir=" + base + ",upperdir=" + layer + "/upper,workdir=" + layer + "/work",
                host.root.toString()));
        if (!mounted.succeeded()) {
            host.close();
        }
        assumeTrue(mounted.succeeded(), () -> "overlays cannot be mounted here: " + mounted.error());
        SHELL.run(Command.of("mount", "--bind", "/proc", host.root + "/proc")).orElseThrow();
        return host;
    }

    private void mount() throws IOException {
        CommandResult memory = SHELL.run(Command.of("mount", "-t", "tmpfs", "gds-test", layer.toString()));
        assumeTrue(memory.succeeded(), () -> "nothing can be mounted here: " + memory.error());
        for (String each : List.of("upper", "work", "root")) {
            Files.createDirectory(layer.resolve(each));
        }
    }

    /** Hosts of test runs that were killed. */
    private static void sweep(Path trees) throws IOException {
        try (Stream<Path> all = Files.list(trees)) {
            for (Path each : all.filter(p -> p.getFileName().toString().startsWith("host-"))
                    .toList()) {
                long pid = Long.parseLong(each.getFileName().toString().split("-", -1)[1]);
                if (ProcessHandle.of(pid).isEmpty()) {
                    new DebianHost(each).close();
                }
            }
        }
    }

    /** A path inside, as this process sees it. */
    Path path(String inside) {
        return root.resolve(inside.substring(1));
    }

    /** Runs a line of shell inside that must succeed; its output. */
    String sh(String line, String... arguments) {
        return run(Command.of("sh", "-c", line, "sh").with(arguments))
                .orElseThrow()
                .output();
    }

    @Override
    public String host() {
        return "tree";
    }

    @Override
    public CommandResult run(Command command) {
        return SHELL.run(inside(command));
    }

    @Override
    public void launch(Command command) {
        SHELL.launch(inside(command));
    }

    private Command inside(Command command) {
        Command out = Command.of("chroot", root.toString(), "/usr/bin/env", "-i", "PATH=/usr/sbin:/usr/bin:/sbin:/bin");
        for (Map.Entry<String, String> each : command.environment().entrySet()) {
            out = out.with(each.getKey() + "=" + each.getValue());
        }
        return out.with(command.words().toArray(String[]::new))
                .timeout(command.timeout())
                .maxOutput(command.maxOutput())
                .input(command.input());
    }

    @Override
    public Optional<byte[]> read(String path) {
        try {
            return Optional.of(Files.readAllBytes(path(path)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void write(String path, byte[] content, String mode, String user) {
        SHELL.write(root + path, content, mode, user);
    }

    @Override
    public void close() {
        end(this::isInside);
        SHELL.run(Command.of("umount", "--recursive", layer.toString()));
        try {
            Files.deleteIfExists(layer);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException("left behind: " + layer, e);
        }
    }

    /** Ends, from the outside in, installations and all that belongs to them; not who watches them. */
    void endJobs() {
        end(process -> isInside(process) && belongsToJob(process));
    }

    private static void end(Predicate<ProcessHandle> which) {
        List<ProcessHandle> found = ProcessHandle.allProcesses().filter(which).toList();
        while (!found.isEmpty()) {
            found.forEach(ProcessHandle::destroyForcibly);
            found.forEach(each -> each.onExit().join());
            found = ProcessHandle.allProcesses().filter(which).toList();
        }
    }

    private static boolean belongsToJob(ProcessHandle process) {
        return commandLine(process).contains("/job.sh")
                || process.parent().filter(DebianHost::belongsToJob).isPresent();
    }

    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"));
        } catch (IOException e) {
            return ""; // gone
        }
    }

    private boolean isInside(ProcessHandle process) {
        try {
            return Files.readSymbolicLink(Path.of("/proc/" + process.pid() + "/root"))
                    .equals(root);
        } catch (IOException e) {
            return false;
        }
    }
}
